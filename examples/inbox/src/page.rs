//! A page for people: what came, what has become of it, and buttons to replay or discard it.

mod detail;
mod json;
mod list;

use crate::admin::Admin;
use crate::store::{Kept, State as DeliveryState};
use crate::view::View;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{DOCTYPE, Markup, html};
use serde::Deserialize;
use webhook_runtime::Captured;

/// How many deliveries stand on a page.
const PAGE: i64 = 50;

/// The routes of the page.
pub fn router() -> Router<Admin> {
    Router::new()
        .route("/", get(list))
        .route("/deliveries/{id}", get(delivery))
        .route("/deliveries/{id}/{decision}", post(decide))
        .route("/page.css", get(style))
}

/// Which deliveries are listed.
#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    state: String,
    before: Option<i64>,
}

async fn list(State(admin): State<Admin>, Query(listed): Query<Listed>) -> Response {
    let kept = match admin.store.list(&listed.state, listed.before, PAGE).await {
        Ok(kept) => kept,
        Err(_) => return no_store(),
    };
    let counts = admin.store.counts().await.unwrap_or_default();
    let rows: Vec<_> = kept.into_iter().map(|kept| (view(&admin, &kept).map(|(_, view)| view), kept)).collect();
    page("Inbox", list::body(&rows, &counts, &listed.state))
}

/// Whether values are shown.
#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    show: bool,
}

async fn delivery(State(admin): State<Admin>, Path(id): Path<i64>, Query(shown): Query<Shown>) -> Response {
    match admin.store.get(id).await {
        Ok(Some(kept)) => page(&format!("Delivery {id}"), detail::body(&kept, view(&admin, &kept), shown.show)),
        Ok(None) => (StatusCode::NOT_FOUND, "there is no such delivery (any more)").into_response(),
        Err(_) => no_store(),
    }
}

fn view(admin: &Admin, kept: &Kept) -> Option<(Captured, View)> {
    let captured: Captured = serde_json::from_str(&kept.captured).ok()?;
    let view = admin.handlers.of(&kept.provider)?.view(&captured);
    Some((captured, view))
}

async fn decide(State(admin): State<Admin>, Path((id, decision)): Path<(i64, String)>, headers: HeaderMap) -> Response {
    if !is_from_here(&headers) {
        return (StatusCode::FORBIDDEN, "the form is of another site").into_response();
    }
    let decided = match decision.as_str() {
        "replay" => admin.store.replay(id).await,
        "discard" => admin.store.discard(id).await,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match decided {
        Ok(true) => Redirect::to(&format!("/deliveries/{id}")).into_response(),
        Ok(false) => (StatusCode::CONFLICT, "a worker has the delivery, or it is decided on").into_response(),
        Err(_) => no_store(),
    }
}

/// Browsers send the password along with forms of other sites, but say which site it was. Over HTTPS they say it in
/// `Sec-Fetch-Site`, which holds behind a proxy that changes the host as well; what is no browser says nothing.
fn is_from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or_default());
    let host = text(header::HOST).unwrap_or_default();
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => {
            text(header::ORIGIN).is_none_or(|origin| origin.split_once("://").is_some_and(|(_, from)| from == host))
        }
    }
}

fn no_store() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer").into_response()
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css")], include_str!("page/page.css")).into_response()
}

/// No script runs, and nothing is loaded from elsewhere: what is shown was written by others.
fn page(title: &str, body: Markup) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href="/page.css";
            }
            body { (body) }
        }
    };
    let policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    (headers, markup.into_string()).into_response()
}

/// A state, in a colour of its own.
fn badge(state: &str) -> Markup {
    html! { span class={ "state " (state) } { (state) } }
}

/// Milliseconds since 1970 as UTC, to the second.
fn time(millis: i64) -> String {
    jiff::Timestamp::from_millisecond(millis).map_or_else(|_| String::new(), |time| time.strftime("%F %T").to_string())
}

/// Which decisions a state allows.
fn decisions(state: &str) -> &'static [&'static str] {
    match state {
        state if state == DeliveryState::Running.as_str() => &[],
        state if state == DeliveryState::Waiting.as_str() => &["discard"],
        state if state == DeliveryState::Dead.as_str() => &["replay", "discard"],
        _ => &["replay"],
    }
}
