//! The program that uses everything of some generated code.

use quote::ToTokens;
use std::fmt::Write;
use std::path::Path;
use syn::{Fields, Item, Type};
use webhook_codegen::files::Files;

/// What generated code imports, whether this module does or not.
const IMPORTS: &str = "use webhook_runtime::{DateTime, InvalidHeader, Integer, JsonText, Map, Nullable, Number, OrderedMap, \
    OneOrMany, RawBody, Unknown, Value};";

/// Modules that make every value, read every field, match every variant, use every alias and call every accessor of
/// `files`, from anywhere in that crate.
pub fn program(files: &Files) -> String {
    let mut program = String::new();
    for (path, text) in files.iter() {
        let folder: Vec<_> =
            path.parent().into_iter().flat_map(Path::iter).map(|part| part.to_string_lossy()).collect();
        let is_impls = path.ends_with("impls.rs");
        if !(path.ends_with("mod.rs") || is_impls) || folder.is_empty() {
            continue;
        }
        let module: Vec<_> = folder.iter().map(|part| raw(part)).collect();
        let uses = if is_impls { calls(text, &module) } else { uses(text, &module) };
        let name = folder.join("_").replace("r#", "") + if is_impls { "_impls" } else { "" };
        let here = module.join("::");
        _ = writeln!(program, "#[allow(dead_code, unused, deprecated)]\nmod uses_{name} {{");
        _ = writeln!(program, "{IMPORTS}\nuse crate::{here}::*;\n{uses}}}");
    }
    program
}

/// A module that is called like a keyword.
fn raw(name: &str) -> String {
    match syn::parse_str::<syn::Ident>(name) {
        Ok(_) => name.to_owned(),
        Err(_) => format!("r#{name}"),
    }
}

fn uses(text: &str, module: &[String]) -> String {
    let file = syn::parse_file(text).expect("it was printed from a parsed file");
    let mut uses = String::new();
    for (index, item) in file.items.iter().enumerate() {
        match item {
            Item::Struct(item) => {
                structure(&mut uses, index, item, module);
                if derives(&item.attrs, "Default") {
                    _ = writeln!(uses, "fn default_{index}() -> {} {{ Default::default() }}", item.ident);
                }
            }
            Item::Enum(item) => {
                enumeration(&mut uses, index, item, module);
                if derives(&item.attrs, "Hash") {
                    _ = writeln!(uses, "fn hash_{index}(value: &{}) -> &impl std::hash::Hash {{ value }}", item.ident);
                }
            }
            Item::Type(item) => {
                let (name, ty) = (&item.ident, written(&item.ty, module));
                _ = writeln!(uses, "fn alias_{index}(value: &{name}) -> &{ty} {{ value }}");
            }
            _ => {}
        }
    }
    uses
}

fn derives(attributes: &[syn::Attribute], name: &str) -> bool {
    let lists = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    lists.map(|list| list.meta.to_token_stream().to_string()).any(|list| list.contains(name))
}

/// Makes what has a constructor, calls the methods of events that take nothing but the event, and writes what has a text.
fn calls(text: &str, module: &[String]) -> String {
    let file = syn::parse_file(text).expect("it was printed from a parsed file");
    let module: Vec<_> = module.iter().cloned().chain(["impls".to_owned()]).collect();
    let mut calls = String::new();
    for (index, item) in file.items.iter().enumerate() {
        let Item::Impl(item) = item else { continue };
        let ty = written(&item.self_ty, &module);
        let name = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
        match name.map(|name| name.ident.to_string()).as_deref() {
            Some("Display") => {
                _ = writeln!(calls, "fn write_{index}(value: &{ty}) -> &impl std::fmt::Display {{ value }}");
            }
            Some("Default") => _ = writeln!(calls, "fn default_{index}() -> {ty} {{ Default::default() }}"),
            None => calls.extend(item.items.iter().map(|member| made(index, &ty, member, &module))),
            Some(_) => {}
        }
        if item.trait_.is_some() || item.self_ty.to_token_stream().to_string() != "super :: Event" {
            continue;
        }
        for member in &item.items {
            let syn::ImplItem::Fn(method) = member else { continue };
            let syn::ReturnType::Type(_, ty) = &method.sig.output else { continue };
            if method.sig.receiver().is_some() && method.sig.inputs.len() == 1 {
                let (name, ty) = (&method.sig.ident, written(ty, &module));
                _ = writeln!(calls, "fn call_{name}(event: &Event) -> {ty} {{ event.{name}() }}");
            }
        }
    }
    calls
}

/// Passes every argument on to `new`.
fn made(index: usize, ty: &str, member: &syn::ImplItem, module: &[String]) -> String {
    let syn::ImplItem::Fn(method) = member else { return String::new() };
    if method.sig.ident != "new" {
        return String::new();
    }
    let arguments = method.sig.inputs.iter().enumerate().map(|(number, argument)| match argument {
        syn::FnArg::Typed(argument) => format!("a{number}: {}, ", written(&argument.ty, module)),
        syn::FnArg::Receiver(_) => String::new(),
    });
    let arguments: String = arguments.collect();
    let passed: String = (0..method.sig.inputs.len()).map(|number| format!("a{number}, ")).collect();
    format!("fn make_{index}({arguments}) -> {ty} {{ <{ty}>::new({passed}) }}\n")
}

/// A type as the module writes it, spelled so that it means the same elsewhere in the crate.
fn written(ty: &Type, module: &[String]) -> String {
    let above = module[..module.len() - 1].iter().fold("crate".to_owned(), |path, part| format!("{path}::{part}"));
    let text = ty.to_token_stream().to_string();
    text.replace("super ::", &format!("{above} ::"))
}

fn structure(uses: &mut String, index: usize, item: &syn::ItemStruct, module: &[String]) {
    let name = &item.ident;
    _ = writeln!(uses, "fn read_{index}(value: &{name}) {{");
    for (position, field) in item.fields.iter().enumerate() {
        let ty = written(&field.ty, module);
        let member = field.ident.as_ref().map_or_else(|| position.to_string(), ToString::to_string);
        _ = writeln!(uses, "let _: &{ty} = &value.{member};");
    }
    uses.push_str("}\n");
}

fn enumeration(uses: &mut String, index: usize, item: &syn::ItemEnum, module: &[String]) {
    let name = &item.ident;
    _ = writeln!(uses, "fn match_{index}(value: &{name}) {{ match value {{");
    for variant in &item.variants {
        let label = &variant.ident;
        match &variant.fields {
            Fields::Unnamed(fields) => {
                let ty = written(&fields.unnamed[0].ty, module);
                _ = writeln!(uses, "{name}::{label}(inner) => {{ let _: &{ty} = inner; }}");
            }
            _ => _ = writeln!(uses, "{name}::{label} => {{}}"),
        }
    }
    uses.push_str("_ => {}\n} }\n");
}
