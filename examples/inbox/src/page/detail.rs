//! One delivery.

use super::json::{self, Marks};
use super::{badge, decisions, time};
use crate::store::Kept;
use crate::view::View;
use maud::{Markup, html};
use webhook_runtime::Captured;

/// `show`: whether values are shown that may be personal data.
pub fn body(kept: &Kept, view: Option<(Captured, View)>, show: bool) -> Markup {
    html! {
        header { nav { a href="/" { "Inbox" } } h1 { (kept.provider) " " (kept.event_type) } }
        main {
            (facts(kept))
            (buttons(kept))
            @match view {
                None => p { "There is no handler for this provider, so that its deliveries cannot be read." },
                Some((captured, view)) => {
                    (differences(&view))
                    p {
                        @if show { a href={ "/deliveries/" (kept.id) } { "Mask values" } }
                        @else { a href={ "/deliveries/" (kept.id) "?show=true" } { "Show values: they may be personal data" } }
                    }
                    h2 { "Body" }
                    (content(&captured, &view, show))
                    h2 { "Headers" }
                    dl.headers {
                        @for (name, value) in &captured.headers {
                            dt { (name) } dd { (if show { String::from_utf8_lossy(value.as_bytes()) } else { json::MASK.into() }) }
                        }
                    }
                }
            }
        }
    }
}

fn facts(kept: &Kept) -> Markup {
    html! {
        dl {
            dt { "State" } dd { (badge(&kept.state)) }
            dt { "Received" } dd { (time(kept.received_at)) " UTC" }
            dt { "Id" } dd.id { (kept.delivery_id) }
            dt { "Attempts" } dd { (kept.attempts) }
            @if !kept.error.is_empty() { dt { "Last error" } dd.error { (kept.error) } }
        }
    }
}

fn buttons(kept: &Kept) -> Markup {
    html! {
        @for decision in decisions(&kept.state) {
            form method="post" action={ "/deliveries/" (kept.id) "/" (decision) } {
                button class=(decision) { @if *decision == "replay" { "Replay" } @else { "Discard" } }
            }
        }
    }
}

fn differences(view: &View) -> Markup {
    html! {
        @if view.is_undocumented { p.drift { "No document describes this event." } }
        @if !view.violations.is_empty() {
            h2 { "Violations" }
            ul { @for (pointer, text) in &view.violations { li { code { (pointer) } " " (text) } } }
        }
        @if !view.additional.is_empty() {
            h2 { "Additional properties" }
            ul { @for pointer in &view.additional { li { code { (pointer) } } } }
        }
    }
}

fn content(captured: &Captured, view: &View, show: bool) -> Markup {
    let additional: Vec<_> = view.additional.iter().map(String::as_str).collect();
    let marks = Marks { violations: &view.violations, additional: &additional, show };
    html! {
        @match &view.value {
            Ok(value) => div.json { (json::value(value, &mut String::new(), &marks)) },
            Err(error) => {
                p.error { (error) }
                @if show { pre { (String::from_utf8_lossy(&captured.body)) } }
            }
        }
    }
}
