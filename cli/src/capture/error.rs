//! What is wrong with a file of captured deliveries.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

/// What is wrong, and where.
#[derive(Debug)]
pub struct CaptureError {
    path: PathBuf,
    line: Option<usize>,
    message: String,
}

impl CaptureError {
    /// In a file, or at a line of it.
    pub fn new(path: &Path, line: impl Into<Option<usize>>, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: line.into(), message: message.into() }
    }

    /// The file cannot be read.
    pub fn io(path: &Path, error: &io::Error) -> Self {
        Self::new(path, None, format!("cannot be read: {error}"))
    }

    /// The JSON that begins at a line is none.
    pub fn json(path: &Path, first_line: usize, error: &serde_json::Error) -> Self {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string().replace(&place, "");
        Self::new(path, first_line + error.line().saturating_sub(1), format!("{message} (column {})", error.column()))
    }
}

impl Display for CaptureError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for CaptureError {}
