//! A delivery in each line, or a file that is one.

use super::error::CaptureError;
use super::record::{Captured, Each, LARGEST, is_record};
use serde_json::Value;
use std::io::{BufRead, Read};
use std::path::Path;

pub(super) fn read(path: &Path, mut reader: impl BufRead, each: &mut Each<'_>) -> Result<(), CaptureError> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = reader.by_ref().take(LARGEST).read_until(b'\n', &mut line);
        if read.map_err(|error| CaptureError::io(path, &error))? == 0 {
            break;
        }
        if line.len() as u64 == LARGEST {
            return Err(CaptureError::new(path, number, format!("the line is longer than {} MiB", LARGEST >> 20)));
        }
        if !line.trim_ascii().is_empty() {
            each(delivery(path, number, line.trim_ascii())?)?;
        }
    }
    Ok(())
}

/// A file that is one JSON value: a body, or a delivery of the format.
pub(super) fn read_whole(path: &Path, reader: impl Read, each: &mut Each<'_>) -> Result<(), CaptureError> {
    let body = whole(path, reader)?;
    let mut captured = delivery(path, 1, body.trim_ascii())?;
    captured.location.1 = None;
    each(captured)
}

/// The content of a file that is one delivery.
pub(super) fn whole(path: &Path, reader: impl Read) -> Result<Vec<u8>, CaptureError> {
    let mut content = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut content).map_err(|error| CaptureError::io(path, &error))?;
    if content.len() as u64 > LARGEST {
        return Err(CaptureError::new(path, None, format!("the file is larger than {} MiB", LARGEST >> 20)));
    }
    Ok(content)
}

fn delivery(path: &Path, line: usize, text: &[u8]) -> Result<Captured, CaptureError> {
    let value: Value = serde_json::from_slice(text).map_err(|error| CaptureError::json(path, line, &error))?;
    let captured = match value {
        Value::Object(record) if is_record(&record) => {
            Captured::from_record(record).map_err(|message| CaptureError::new(path, line, message))?
        }
        _ => Captured::plain(text.to_vec()),
    };
    Ok(Captured { location: (path.to_owned(), Some(line)), ..captured })
}
