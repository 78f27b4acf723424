//! The `webhook-codegen` command.

mod command;

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A large document is a million small allocations; with the system's allocator they are a third of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    command::run()
}
