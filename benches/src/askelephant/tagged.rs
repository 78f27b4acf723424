//! What keeps additional properties with serde's derive alone: an internally tagged enum, and `flatten`.

use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(tag = "type")]
pub enum Event {
    #[serde(rename = "v1.contact.created")]
    ContactCreated(ContactPayload),
    #[serde(rename = "v1.contact.updated")]
    ContactUpdated(ContactPayload),
    #[serde(rename = "v1.contact.deleted")]
    ContactDeleted(ContactPayload),
}

#[derive(Deserialize)]
pub struct ContactPayload {
    pub id: String,
    pub api_version: String,
    pub created_at: String,
    pub workspace_id: String,
    pub data: Data,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct Data {
    pub object: Contact,
    pub previous_attributes: Option<Map<String, Value>>,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
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
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct ResourceRef {
    pub id: String,
    pub object: String,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct Email {
    pub email: String,
    pub is_primary: bool,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct PhoneNumber {
    pub phone_number: String,
    pub is_primary: bool,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[derive(Deserialize)]
pub struct CrmAssociation {
    pub object_type: String,
    pub crm_object_id: String,
    pub source: String,
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
