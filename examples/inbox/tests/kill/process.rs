//! A process that can be killed.

use std::env::current_exe;
use std::fs::{File, write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

pub struct Process {
    /// Of a receiver, where it listens.
    pub port: Option<u16>,
    config: PathBuf,
    child: Child,
}

impl Process {
    /// `more`: what its configuration says beside the store.
    pub fn start(folder: &Path, url: &str, more: &str, port: Option<u16>) -> Self {
        let config = folder.join(format!("{}.toml", port.unwrap_or_default()));
        let text = format!(
            r#"
            listen = "127.0.0.1:{}"
            store = "{url}"
            [worker]
            handler_within = "1s"
            first_retry = "20ms"
            longest_retry = "500ms"
            attempts = 1000
            poll = "20ms"
            [providers.askelephant]
            secrets = [{{ env = "ASKELEPHANT_SECRET" }}]
            {more}"#,
            port.unwrap_or_default()
        );
        write(&config, text).unwrap();
        Self { port, child: spawn(&config, port), config }
    }

    /// SIGKILL: nothing is finished, flushed or said.
    pub fn kill_and_restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.child = spawn(&self.config, self.port);
    }

    /// A process that finds no store ends.
    pub fn restart_if_ended(&mut self) {
        if self.child.try_wait().unwrap().is_some() {
            self.child = spawn(&self.config, self.port);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn spawn(config: &Path, port: Option<u16>) -> Child {
    let log = File::options().append(true).create(true).open(config.with_extension("log")).unwrap();
    Command::new(current_exe().unwrap())
        .arg(if port.is_some() { "receive" } else { "work" })
        .arg(config)
        .env("ASKELEPHANT_SECRET", SECRET)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap()
}
