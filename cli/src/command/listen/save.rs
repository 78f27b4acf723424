//! The file that deliveries are appended to.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A file of lines.
pub(super) struct Save(Mutex<File>);

impl Save {
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        if lacks_end(&mut file) {
            file.write_all(b"\n")?;
        }
        Ok(Self(Mutex::new(file)))
    }

    /// Appends a line, or nothing: the rest of a line that did not fit would spoil the next one.
    pub fn append(&self, line: String) -> io::Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let length = file.metadata()?.len();
        file.write_all((line + "\n").as_bytes()).inspect_err(|_| _ = file.set_len(length))
    }
}

/// Whether the last line was cut off, or was written by somebody who does not end it.
fn lacks_end(file: &mut File) -> bool {
    let mut last = [b'\n'];
    let is_file = file.metadata().is_ok_and(|metadata| metadata.is_file());
    let read = file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last));
    is_file && read.is_ok() && last != *b"\n"
}
