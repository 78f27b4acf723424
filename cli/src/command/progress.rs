//! What is being done, said on stderr once it takes more than a second.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

static STEP: Mutex<String> = Mutex::new(String::new());

/// Begins another step.
pub(super) fn step(doing: &str) {
    doing.clone_into(&mut STEP.lock().unwrap_or_else(PoisonError::into_inner));
}

/// Looks every second at what is being done, and says it unless it has been said. The thread ends with the process.
pub(super) fn watch() {
    thread::spawn(|| {
        let mut said = String::new();
        loop {
            thread::sleep(Duration::from_secs(1));
            let doing = STEP.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if doing != said {
                eprintln!("{doing} …");
                said = doing;
            }
        }
    });
}
