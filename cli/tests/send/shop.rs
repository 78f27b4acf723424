//! A folder of specifications with what the repository's own do not have.

use std::fs;

/// No examples of bodies, a type that holds itself, and headers with examples.
const SHOP: &str = r##"{"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "webhooks": {"order-sold": {
    "parameters": [
        {"name": "X-Attempt", "in": "header", "schema": {"type": "integer"}, "example": 1},
        {"name": "X-Kind", "in": "header", "schema": {"type": "string"}, "example": "order"},
        {"name": "X-Id", "in": "header", "schema": {"type": "string"}, "example": "0"},
        {"name": "X-Sign", "in": "header", "schema": {"type": "string"}, "example": "sha256=0"},
        {"name": "Host", "in": "header", "schema": {"const": "shop.example"}}],
    "put": {"requestBody": {"content": {"application/vnd.shop+json": {
        "schema": {"type": "object", "required": ["action", "id", "at", "next"], "properties": {
            "action": {"const": "sold"}, "id": {"type": "integer", "examples": [7]},
            "at": {"type": "string", "format": "date-time"}, "note": {"type": "string"},
            "next": {"oneOf": [{"$ref": "#/components/schemas/Next"}, {"type": "null"}]}}}}}}}}},
    "components": {"schemas": {"Next": {"type": "object", "required": ["next", "all"], "properties": {
        "next": {"oneOf": [{"$ref": "#/components/schemas/Next"}, {"type": "null"}]},
        "all": {"type": "array", "items": {"$ref": "#/components/schemas/Next"}}}}}}}"##;
const SIGNED: &str = "event_type: [$request.header.x-kind, $request.body#/action]\ndelivery_id: $request.header.x-id\n\
    verify: {scheme: hmac, algorithm: sha256, signature: $request.header.X-Sign, format: 'sha256={signature}', encoding: hex}\nrespond: {within_ms: 300}\n";

/// Makes it: `plain` says nothing, `signed` what is above.
pub fn shop() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (provider, settings) in [("plain", "{}"), ("signed", SIGNED)] {
        fs::create_dir(dir.path().join(provider)).unwrap();
        fs::write(dir.path().join(provider).join("shop.json"), SHOP).unwrap();
        fs::write(dir.path().join(provider).join("provider.yaml"), settings).unwrap();
    }
    dir
}
