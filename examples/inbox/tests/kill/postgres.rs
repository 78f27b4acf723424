//! A PostgreSQL server of one's own.

#![allow(dead_code, reason = "no single test uses all of it")]

use sqlx::{AnyConnection, Connection};
use std::fs::{read_dir, set_permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::time::sleep;

pub struct Postgres {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
    server: Child,
}

impl Postgres {
    /// Starts a server with its data in a folder; none where it is not installed.
    pub async fn start(folder: &Path) -> Option<Self> {
        let versions = read_dir("/usr/lib/postgresql").ok()?;
        let programs = versions.filter_map(|version| Some(version.ok()?.path().join("bin"))).max()?;
        let data = folder.join("postgres");
        // It does not run as root.
        set_permissions(folder, PermissionsExt::from_mode(0o777)).unwrap();
        let init = command(&programs, "initdb").arg("-D").arg(&data).args(["-A", "trust", "-U", "inbox"]).status();
        assert!(init.unwrap().success(), "initdb failed");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = server(&programs, &data, port);
        sqlx::any::install_default_drivers();
        let mut postgres = Self { programs, data, port, server };
        postgres.ready().await;
        Some(postgres)
    }

    pub fn url(&self) -> String {
        format!("postgres://inbox@127.0.0.1:{}/postgres", self.port)
    }

    /// As long as processes of the one before have its memory, it does not start.
    pub fn restart_if_ended(&mut self) {
        if self.server.try_wait().is_ok_and(|ended| ended.is_some()) {
            self.server = server(&self.programs, &self.data, self.port);
        }
    }

    /// Sends a signal to all processes of the server.
    pub fn signal(&self, signal: &str) {
        let parent = self.server.id().to_string();
        assert!(Command::new("kill").args([signal, &parent]).status().unwrap().success());
        assert!(Command::new("pkill").args([signal, "-P", &parent]).status().unwrap().success());
    }

    /// SIGKILL to the server's first process; the others end when they notice.
    pub fn kill(&mut self) {
        _ = self.server.kill();
        _ = self.server.wait();
    }

    /// Waits until it has recovered.
    pub async fn ready(&mut self) {
        for _ in 0..600 {
            self.restart_if_ended();
            if AnyConnection::connect(&self.url()).await.is_ok() {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("PostgreSQL does not start");
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.kill();
    }
}

fn server(programs: &Path, data: &Path, port: u16) -> Child {
    let mut command = command(programs, "postgres");
    let settings = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=32MB"];
    command.arg("-D").arg(data).args(["-p", &port.to_string()]).args(settings).spawn().unwrap()
}

fn command(programs: &Path, program: &str) -> Command {
    // It becomes the program, so that what is killed is the server.
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(programs.join(program));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
