//! What a user writes by hand: derived structs, chosen by the value of `type`. Additional properties are lost.

use serde::Deserialize;
use serde_json::{Map, Value};

pub enum Event {
    ContactCreated(ContactPayload),
    ContactUpdated(ContactPayload),
    ContactDeleted(ContactPayload),
    Other(Value),
}

impl Event {
    pub fn from_value(body: &[u8]) -> serde_json::Result<Self> {
        let body: Value = serde_json::from_slice(body)?;
        Ok(match body["type"].as_str() {
            Some("v1.contact.created") => Self::ContactCreated(serde_json::from_value(body)?),
            Some("v1.contact.updated") => Self::ContactUpdated(serde_json::from_value(body)?),
            Some("v1.contact.deleted") => Self::ContactDeleted(serde_json::from_value(body)?),
            _ => Self::Other(body),
        })
    }
}

#[derive(Deserialize)]
pub struct ContactPayload {
    pub id: String,
    pub r#type: String,
    pub api_version: String,
    pub created_at: String,
    pub workspace_id: String,
    pub data: Data,
}

#[derive(Deserialize)]
pub struct Data {
    pub object: Contact,
    pub previous_attributes: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
pub struct Contact {
    pub object: String,
    pub id: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub description: Option<String>,
    pub company: Option<ResourceRef>,
    pub emails: Option<Vec<Email>>,
    pub phone_numbers: Option<Vec<PhoneNumber>>,
    pub crm_association: Option<CrmAssociation>,
    pub time_zone: Option<String>,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Deserialize)]
pub struct ResourceRef {
    pub id: String,
    pub object: String,
}

#[derive(Deserialize)]
pub struct Email {
    pub email: String,
    pub is_primary: bool,
}

#[derive(Deserialize)]
pub struct PhoneNumber {
    pub phone_number: String,
    pub is_primary: bool,
}

#[derive(Deserialize)]
pub struct CrmAssociation {
    pub object_type: String,
    pub crm_object_id: String,
    pub source: String,
}
