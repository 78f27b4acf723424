//! What the terminal can show.

use std::env;
use std::io::{IsTerminal, stderr, stdout};
use terminal_size::{Height, Width, terminal_size_of};
use webhook_codegen::diagnostics::Style;

/// How diagnostics are written to stderr.
pub(super) fn style() -> Style {
    Style::Text { color: is_colored(&stderr()), width: columns(terminal_size_of(stderr())) }
}

/// Whether colours are shown, and the user has not declined them (<https://no-color.org>).
pub(super) fn is_colored(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The columns of stdout.
pub(super) fn stdout_width() -> Option<usize> {
    columns(terminal_size_of(stdout()))
}

/// The columns that `COLUMNS` names, or those that the terminal has.
fn columns(size: Option<(Width, Height)>) -> Option<usize> {
    let named = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    named.or_else(|| size.map(|(Width(width), _)| usize::from(width)))
}
