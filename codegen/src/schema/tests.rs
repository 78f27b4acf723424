use super::{Location, Node, References};
use crate::source::Source;

const ORDERS: &str = "
openapi: 3.1.0
components:
  schemas:
    A: {$ref: '#/components/schemas/B'}
    B: {$ref: '#/components/schemas/C'}
    C: {$ref: '#/components/schemas/B'}
    Whole: {allOf: [{$ref: '#/components/schemas/Part'}, {allOf: [{$ref: '#/components/schemas/Whole'}, {title: inner}]}]}
    Part: {$ref: 'shop.yaml#money'}
    Embedded:
      $id: https://shop.example/order
      $defs: {line: {$anchor: line, title: line}}
      properties:
        byAnchor: {$ref: '#line'}
        byDefinition: {$ref: '#/$defs/line'}
        byAddress: {$ref: 'order#line'}
        byDynamic: {$dynamicRef: '#line'}
    Elsewhere: {$ref: 'https://shop.example/order#line'}
    Outside: {$ref: '#line'}
";
const SHOP: &str = "Money: {$anchor: money, title: money}";

fn sources() -> Vec<Source> {
    [("orders.yaml", ORDERS), ("shop.yaml", SHOP)].map(|(path, text)| Source::parse(path, text).unwrap()).into()
}

fn schema<'a>(references: &References<'a>, name: &str) -> Node<'a> {
    let pointer = format!("/components/schemas/{name}");
    references.at(&Location { document: 0, pointer }).unwrap()
}

/// The pointers of nodes, less what all of them begin with.
fn shown<'a>(nodes: impl Iterator<Item = Node<'a>>) -> Vec<String> {
    nodes.map(|node| node.pointer.replace("/components/schemas/", "")).collect()
}

#[test]
fn a_circle_of_references_ends_where_it_closes() {
    let sources = sources();
    let references = References::new(&sources);
    assert_eq!(shown(references.chain(schema(&references, "A"))), ["A", "B", "C"]);
    assert_eq!(references.resolve(schema(&references, "B")).pointer, "/components/schemas/C");
}

#[test]
fn each_schema_that_applies_comes_once_and_before_those_it_leads_to() {
    let sources = sources();
    let references = References::new(&sources);
    let flat = references.flat(vec![schema(&references, "Whole")]);
    assert_eq!(
        shown(flat),
        ["Whole", "Whole/allOf/0", "Part", "/Money", "Whole/allOf/1", "Whole/allOf/1/allOf/0", "Whole/allOf/1/allOf/1"]
    );
}

#[test]
fn what_an_address_means_depends_on_the_schema_around_it() {
    let sources = sources();
    let references = References::new(&sources);
    let target = |name: &str| references.target(&schema(&references, name)).map(|target| target.pointer);
    let line = || Some("/components/schemas/Embedded/$defs/line".to_owned());
    for property in ["byAnchor", "byDefinition", "byAddress", "byDynamic"] {
        assert_eq!(target(&format!("Embedded/properties/{property}")), line(), "{property}");
    }
    assert_eq!(target("Elsewhere"), line());
    // A schema with an `$id` has anchors of its own, but where there is no other, that one counts.
    assert_eq!(target("Outside"), line());
}
