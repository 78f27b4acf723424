//! What a user writes by hand: derived structs of what a created contact holds, chosen by the value of
//! `eventType`. Additional properties are lost.

use serde::Deserialize;
use serde_json::{Map, Value};

pub enum Event {
    Created(ContactEvent),
    Updated(ContactEvent),
    Deleted(ContactEvent),
    Other(Value),
}

impl Event {
    pub fn from_envelope(envelope: Value) -> serde_json::Result<Self> {
        let event: Value = serde_json::from_str(envelope["data"].as_str().unwrap_or_default())?;
        Ok(match envelope["eventType"].as_str() {
            Some("wix.contacts.v4.contact_created") => Self::Created(serde_json::from_value(event)?),
            Some("wix.contacts.v4.contact_updated") => Self::Updated(serde_json::from_value(event)?),
            Some("wix.contacts.v4.contact_deleted") => Self::Deleted(serde_json::from_value(event)?),
            _ => Self::Other(envelope),
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    pub data: String,
    pub instance_id: Option<String>,
    pub event_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactEvent {
    pub id: String,
    pub entity_fqdn: String,
    pub slug: String,
    pub entity_id: String,
    pub created_event: Option<CreatedEvent>,
    pub updated_event: Option<UpdatedEvent>,
    pub deleted_event: Option<Map<String, Value>>,
    pub event_time: String,
    pub triggered_by_anonymize_request: Option<bool>,
    pub originated_from: Option<String>,
    pub entity_event_sequence: Option<String>,
}

#[derive(Deserialize)]
pub struct CreatedEvent {
    pub entity: Option<Contact>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatedEvent {
    pub current_entity: Option<Contact>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    pub id: Option<String>,
    pub revision: Option<i64>,
    pub source: Option<Source>,
    pub created_date: Option<String>,
    pub updated_date: Option<String>,
    pub last_activity: Option<Activity>,
    pub primary_info: Option<PrimaryInfo>,
    pub info: Option<Info>,
    pub primary_email: Option<PrimaryEmail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub source_type: Option<String>,
    pub app_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    pub activity_date: Option<String>,
    pub activity_type: Option<String>,
}

#[derive(Deserialize)]
pub struct PrimaryInfo {
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    pub name: Option<Name>,
    pub emails: Option<Emails>,
    pub company: Option<String>,
    pub job_title: Option<String>,
    pub extended_fields: Option<ExtendedFields>,
}

#[derive(Deserialize)]
pub struct Name {
    pub first: Option<String>,
    pub last: Option<String>,
}

#[derive(Deserialize)]
pub struct Emails {
    pub items: Vec<Email>,
}

#[derive(Deserialize)]
pub struct Email {
    pub id: Option<String>,
    pub tag: Option<String>,
    pub email: Option<String>,
    pub primary: Option<bool>,
}

#[derive(Deserialize)]
pub struct ExtendedFields {
    pub items: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrimaryEmail {
    pub email: Option<String>,
    pub subscription_status: Option<String>,
    pub deliverability_status: Option<String>,
}
