//! `webhook-codegen completions` and `webhook-codegen man`: what a shell and a system know of the command.

use super::input::io_error;
use clap::{Args, Command};
use clap_complete::Shell;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `completions --help` says last.
pub(super) const COMPLETIONS: &str = "\
Examples:
  webhook-codegen completions bash > ~/.local/share/bash-completion/completions/webhook-codegen
  webhook-codegen completions zsh > ~/.zfunc/_webhook-codegen
  webhook-codegen completions fish > ~/.config/fish/completions/webhook-codegen.fish";

/// What `man --help` says last.
pub(super) const MAN: &str = "\
Examples:
  webhook-codegen man --out ~/.local/share/man/man1
  man webhook-codegen-listen";

#[derive(Args)]
pub(super) struct Completions {
    shell: Shell,
}

#[derive(Args)]
pub(super) struct Man {
    /// The folder that the pages go to: one for the command, and one for each task
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn completions(Completions { shell }: &Completions, mut command: Command) -> ExitCode {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut command, name, &mut script);
    // Whoever reads only the first lines closes the pipe.
    _ = std::io::stdout().write_all(&script);
    ExitCode::SUCCESS
}

pub(super) fn man(Man { out }: &Man, command: Command) -> Result<ExitCode, String> {
    std::fs::create_dir_all(out).map_err(io_error)?;
    clap_mangen::generate_to(command.disable_help_subcommand(true), out).map_err(io_error)?;
    Ok(ExitCode::SUCCESS)
}
