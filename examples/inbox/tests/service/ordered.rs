//! Deliveries of one entity are handed over one after the other.

use crate::inbox::{Inbox, TAG, ignoring, skipped};
use crate::postgres::Postgres;
use inbox_example::config::Url;
use inbox_example::{Context, Failure, Role};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::sleep;
use webhook_events::askelephant;

/// Two of each entity, the first of which fails once; and one that never returns, whose entity waits.
async fn hands_over_in_order(store: Option<Url>) {
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = log.clone();
    let handler = move |_: askelephant::Event, context: Context| {
        let seen = seen.clone();
        async move {
            let id = context.delivery_id.clone();
            seen.lock().unwrap().push(format!("{id} begins"));
            if id == "c1" {
                std::future::pending::<()>().await;
            }
            sleep(Duration::from_millis(30)).await;
            seen.lock().unwrap().push(format!("{id} ends"));
            if context.attempt == 1 && id.ends_with('1') { Err::<(), Failure>("once".into()) } else { Ok(()) }
        }
    };
    let inbox = Inbox::start(Role::All, ignoring().on::<askelephant::Event>(handler), |config| {
        config.providers.get_mut("askelephant").unwrap().order_by = Some("/data/object/entity".to_owned());
        config.store = store.unwrap_or_else(|| config.store.clone());
    })
    .await;
    for id in ["c1", "c2", "a1", "b1", "a2", "b2", "n1"] {
        let body = match id {
            "n1" => TAG.to_owned(),
            _ => TAG.replacen("\"object\": {", &format!("\"object\": {{\"entity\": \"{}\",", &id[..1]), 1),
        };
        assert_eq!(inbox.deliver(id, &body).await, 200);
    }
    let is_handled = async || inbox.kept().await.iter().filter(|kept| kept.state == "handled").count() == 5;
    while !is_handled().await {
        sleep(Duration::from_millis(20)).await;
    }
    let log = log.lock().unwrap().clone();
    for entity in ["a", "b", "n", "c"] {
        let of_entity: Vec<_> = log.iter().filter(|line| line.starts_with(entity)).map(String::as_str).collect();
        let expected: Vec<String> = match entity {
            "c" => vec!["c1 begins".to_owned()],
            "n" => ["n1", "n1"].iter().flat_map(|id| [format!("{id} begins"), format!("{id} ends")]).collect(),
            _ => ["1", "1", "2"]
                .iter()
                .flat_map(|number| ["begins", "ends"].map(|what| format!("{entity}{number} {what}")))
                .collect(),
        };
        assert_eq!(of_entity, expected, "{log:?}");
    }
    inbox.abandon();
}

#[tokio::test]
async fn on_sqlite() {
    hands_over_in_order(None).await;
}

#[tokio::test]
async fn on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    match Postgres::start(folder.path()).await {
        Some(postgres) => hands_over_in_order(Some(Url::Text(postgres.url()))).await,
        None => skipped("PostgreSQL is not installed"),
    }
}
