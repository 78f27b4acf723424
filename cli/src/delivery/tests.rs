//! Bodies made of schemas.

use super::{Sender, event_type, synthesize};
use serde_json::{Value, json};
use std::path::Path;
use webhook_codegen::Config;
use webhook_codegen::model::is_valid;

fn senders(specs: &Path) -> Vec<Sender> {
    super::senders(&Config::new(specs)).unwrap_or_else(|failure| panic!("{failure}"))
}

#[test]
fn events_have_more_than_one_name() {
    let folder = tempfile::tempdir().unwrap();
    let webhook = |event_type: &str| {
        json!({"post": {"requestBody": {"content": {"application/json": {"schema": {
        "type": "object", "required": ["type"], "properties": {"type": {"const": event_type}}}}}}}})
    };
    let document = json!({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "webhooks": {
        "created": webhook("v1.contact.created"), "merged": webhook("v1.contact.merged")}});
    let shop = folder.path().join("shop");
    std::fs::create_dir(&shop).unwrap();
    std::fs::write(shop.join("contacts.json"), document.to_string()).unwrap();
    std::fs::write(shop.join("provider.yaml"), "strip_prefix: v1.\n").unwrap();
    let sender = super::senders(&webhook_codegen::Config::new(folder.path())).unwrap().remove(0);
    for name in ["v1.contact.created", "contact.created", "created", "ContactCreated", "CONTACT_CREATED"] {
        assert_eq!(sender.delivery(name, None).unwrap().event_type, "v1.contact.created", "{name}");
    }
    for name in ["contact.creatde", "ContactCreatd", "v2.contact.created"] {
        let failure = sender.delivery(name, None).unwrap_err().to_string();
        assert!(failure.contains("did you mean `v1.contact.created`?"), "{failure}");
    }
}

#[test]
fn bodies_made_of_schemas_fit_them_and_say_their_event() {
    let mut without = Vec::new();
    for sender in senders(Path::new("../codegen/tests/cases")) {
        let provider = &sender.provider;
        for event in &provider.events {
            let made = synthesize::body(provider, &sender.samples, event);
            match made.and_then(|body| event_type::put(provider, event, body)) {
                Some(body) => {
                    assert!(is_valid(&provider.types, &event.payload, &body), "{}, {event:?}: {body}", provider.name);
                    assert!(event_type::is_own(provider, event, &body), "{}, {event:?}: {body}", provider.name);
                }
                None => without.push(event.event_type.clone()),
            }
        }
    }
    assert_eq!(without, ["body-that-is-not-json", "openapi-3-2-stream", "form"], "neither is JSON");
}

/// A document of one webhook, whose body is this schema.
fn deliveries(settings: &str, schema: &Value) -> Vec<(Value, Vec<(String, String)>)> {
    let specs = tempfile::tempdir().expect("there is room");
    let folder = specs.path().join("acme");
    let kind = json!([{"name": "X-Kind", "in": "header", "schema": {"enum": ["order", "order.line"]}}]);
    let webhook = json!({"parameters": kind, "requestBody": {"content": {"application/json": {"schema": schema}}}});
    let info = json!({"title": "Acme", "version": "1"});
    let document = json!({"openapi": "3.1.0", "info": info, "webhooks": {"all": {"post": webhook}}});
    std::fs::create_dir(&folder).expect("it is new");
    std::fs::write(folder.join("acme.json"), document.to_string()).expect("there is room");
    std::fs::write(folder.join("provider.yaml"), settings).expect("there is room");
    let senders = senders(specs.path());
    let deliveries = senders[0].event_types().map(|event| {
        let delivery = senders[0].delivery(event, None).unwrap_or_else(|failure| panic!("{failure}"));
        assert!(delivery.is_identified, "{delivery:?}");
        let headers = delivery.headers.into_iter().filter(|(name, _)| name == "x-kind").collect();
        (serde_json::from_slice(&delivery.body).expect("it was made of JSON"), headers)
    });
    deliveries.collect()
}

#[test]
fn each_event_of_one_schema_gets_a_body_of_its_own() {
    let object = |properties: Value| {
        let required: Vec<_> = properties.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect();
        json!({"type": "object", "required": required, "properties": properties})
    };
    let subject = object(json!({"on": {"enum": ["a", "b"]}, "did": {"enum": ["x", "y"]}}));
    let bodies = deliveries("event_type: [$request.body#/on, $request.body#/did]", &subject);
    let bodies: Vec<_> = bodies.into_iter().map(|(body, _)| body).collect();
    let both = |on: &str, did: &str| json!({"on": on, "did": did});
    assert_eq!(bodies, [both("a", "x"), both("b", "x"), both("a", "y"), both("b", "y")]);

    let made = object(json!({"type": {"enum": ["made"]}, "by": {"type": "string"}}));
    let lost = object(json!({"type": {"enum": ["lost", "stolen"]}, "at": {"type": "integer"}}));
    let batch = json!({"type": "array", "items": {"oneOf": [made, lost]}});
    let bodies = deliveries("event_type: $request.body#/0/type", &batch);
    let bodies: Vec<_> = bodies.into_iter().map(|(body, _)| body).collect();
    let lost = |event: &str| json!([{"type": event, "at": 1}]);
    assert_eq!(bodies, [json!([{"type": "made", "by": "text"}]), lost("lost"), lost("stolen")]);

    let did = object(json!({"did": {"enum": ["paid", "line.paid"]}}));
    let told = deliveries("event_type: [$request.header.x-kind, $request.body#/did]", &did);
    let told: Vec<_> = told.iter().map(|(body, headers)| (&*headers[0].1, body["did"].as_str())).collect();
    assert_eq!(told[0], ("order", Some("paid")));
    assert_eq!(told.last(), Some(&("order.line", Some("line.paid"))));
}
