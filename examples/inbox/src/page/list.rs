//! The last deliveries.

use super::{PAGE, badge, time};
use crate::store::{Kept, State};
use crate::view::View;
use maud::{Markup, html};

/// `state`: the only one that is listed; all where it is empty.
pub fn body(rows: &[(Option<View>, Kept)], counts: &[(String, i64)], state: &str) -> Markup {
    html! {
        header { h1 { "Inbox" } (filters(counts, state)) }
        main {
            (drift(rows))
            @if rows.is_empty() { p { "No deliveries." } } @else { (table(rows)) }
            @if let Some((_, last)) = rows.last().filter(|_| rows.len() as i64 == PAGE) {
                p { a href={ "/?state=" (state) "&before=" (last.id) } { "Older deliveries" } }
            }
        }
    }
}

fn filters(counts: &[(String, i64)], state: &str) -> Markup {
    let count = |state: State| counts.iter().find(|(name, _)| name == state.as_str()).map(|(_, count)| count);
    html! {
        nav aria-label="States" {
            a href="/" aria-current=[state.is_empty().then_some("page")] { "all" }
            @for each in State::ALL {
                a href={ "/?state=" (each) } aria-current=[(state == each.as_str()).then_some("page")] {
                    (each) @if let Some(count) = count(each) { " " b { (count) } }
                }
            }
        }
    }
}

/// How many of the listed deliveries are not as their documents say.
fn drift(rows: &[(Option<View>, Kept)]) -> Markup {
    let count = |is: fn(&View) -> bool| rows.iter().filter(|(view, _)| view.as_ref().is_some_and(is)).count();
    let kinds = [
        (count(|view| view.value.is_err()), "without JSON"),
        (count(|view| view.is_undocumented), "of undocumented events"),
        (count(|view| !view.violations.is_empty()), "with violations"),
        (count(|view| !view.additional.is_empty()), "with additional properties"),
    ];
    html! {
        @if count(View::drifts) > 0 {
            p.drift {
                "Of these " (rows.len()) " deliveries: "
                @for (index, (count, kind)) in kinds.iter().filter(|(count, _)| *count > 0).enumerate() {
                    @if index > 0 { ", " }
                    (count) " " (kind)
                }
            }
        }
    }
}

fn table(rows: &[(Option<View>, Kept)]) -> Markup {
    html! {
        table {
            thead {
                tr { @for name in ["Received (UTC)", "Provider", "Event", "Id", "State", "Attempts", "Document"] { th scope="col" { (name) } } }
            }
            tbody {
                @for (view, kept) in rows {
                    tr {
                        td { a href={ "/deliveries/" (kept.id) } { (time(kept.received_at)) } }
                        td data-name="Provider" { (kept.provider) }
                        td data-name="Event" { (kept.event_type) }
                        td.id data-name="Id" { (kept.delivery_id) }
                        td data-name="State" { (badge(&kept.state)) @if !kept.error.is_empty() { div.error { (first_line(&kept.error)) } } }
                        td data-name="Attempts" { (kept.attempts) }
                        td data-name="Document" { (difference(view.as_ref())) }
                    }
                }
            }
        }
    }
}

fn first_line(error: &str) -> String {
    error.lines().next().unwrap_or_default().chars().take(120).collect()
}

fn difference(view: Option<&View>) -> Markup {
    html! {
        @match view {
            None => "no handler",
            Some(view) if view.value.is_err() => "no JSON",
            Some(view) if view.is_undocumented => "undocumented",
            Some(view) if !view.violations.is_empty() => { (counted(view.violations.len(), "violation")) }
            Some(view) if !view.additional.is_empty() => { (view.additional.len()) " additional" }
            Some(_) => "fits",
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
