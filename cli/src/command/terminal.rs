//! What the terminal can show.

use std::env;
use std::io::{IsTerminal, stderr};
use webhook_codegen::diagnostics::Style;

/// How diagnostics are written to stderr.
pub(super) fn style() -> Style {
    Style::Text { color: is_colored(&stderr()), width: width() }
}

/// Whether colours are shown, and the user has not declined them (<https://no-color.org>).
pub(super) fn is_colored(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The columns of the terminal: those that `COLUMNS` names, or those that it has.
pub(super) fn width() -> Option<usize> {
    let named = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    named.or_else(|| terminal_size::terminal_size_of(stderr()).map(|(width, _)| usize::from(width.0)))
}
