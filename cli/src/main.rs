//! The `webhook-codegen` command.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A large document is a million small allocations; with the system's allocator they are a third of the time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    webhook_codegen_cli::run()
}
