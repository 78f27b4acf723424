//! Locations in documents, as validators of JSON Schema name them.

use jsonschema::ValidationError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use webhook_codegen::schema::{Node, References};
use webhook_codegen::source::fragment::percent_decode;

/// Where the documents are to the validators, each under its index.
pub(super) const BASE: &str = "specs:///";
/// What stands for itself in a pointer is not encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The location of a schema, as the validators name it.
pub(super) fn address(schema: &Node<'_>) -> String {
    format!("{BASE}{}#{}", schema.document, utf8_percent_encode(&schema.pointer, ENCODED))
}

/// The keyword that an error is about: document and pointer.
pub(super) fn location(error: &ValidationError<'_>) -> Option<(usize, String)> {
    let address = error.absolute_keyword_location()?.as_str();
    let (document, pointer) = address.strip_prefix(BASE)?.split_once('#')?;
    Some((document.parse().ok()?, percent_decode(pointer)))
}

/// A location for the text of a message: `order.yaml:12:9 (#/components/schemas/Order)`.
pub(super) fn display(references: &References<'_>, document: usize, pointer: &str) -> String {
    let source = &references.sources[document];
    let folder = source.path.parent().unwrap_or(&source.path);
    let (source, pointer) = source.file_of(pointer, webhook_codegen::source::Part::Key);
    let file = source.path.strip_prefix(folder).unwrap_or(&source.path).display();
    match source.span(&pointer, webhook_codegen::source::Part::Key) {
        Some(span) => format!("{file}:{}:{} (#{pointer})", span.line, span.column),
        None => format!("{file}#{pointer}"),
    }
}
