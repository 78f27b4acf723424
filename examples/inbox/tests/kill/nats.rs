//! A NATS server of one's own, with JetStream.

#![allow(dead_code, reason = "no single test uses all of it")]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::sleep;

pub struct Nats {
    data: PathBuf,
    port: u16,
    server: Child,
}

impl Nats {
    /// Starts a server with its data in a folder; none where it is not installed.
    pub async fn start(folder: &Path) -> Option<Self> {
        let data = folder.join("nats");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = server(&data, port).ok()?;
        let mut nats = Self { data, port, server };
        nats.ready().await;
        Some(nats)
    }

    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    pub fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.server.id().to_string()]).status().unwrap().success());
    }

    pub fn kill(&mut self) {
        _ = self.server.kill();
        _ = self.server.wait();
    }

    pub fn restart_if_ended(&mut self) {
        if self.server.try_wait().is_ok_and(|ended| ended.is_some()) {
            self.server = server(&self.data, self.port).unwrap();
        }
    }

    pub async fn ready(&mut self) {
        for _ in 0..600 {
            self.restart_if_ended();
            if TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("nats-server does not start");
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.kill();
    }
}

fn server(data: &Path, port: u16) -> std::io::Result<Child> {
    let mut command = Command::new("nats-server");
    command.args(["-js", "-a", "127.0.0.1", "-p", &port.to_string(), "-sd"]).arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}
