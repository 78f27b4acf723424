//! A store that fails, and a clock that jumps.

use crate::inbox::{Inbox, TAG, ignoring, skipped};
use crate::postgres::Postgres;
use inbox_example::config::Url;
use inbox_example::store::{Claimed, Retry, Store};
use inbox_example::{Config, Role};
use sqlx::AnyPool;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use tokio::time::sleep;

const RETRY: Retry = Retry { attempts: 3, first: Duration::from_secs(60), longest: Duration::from_secs(600) };
const LEASE: Duration = Duration::from_secs(60);

async fn start(role: Role, edit: impl FnOnce(&mut Config)) -> Inbox {
    Inbox::start(role, ignoring(), edit).await
}

/// Another process on the same database.
async fn another(inbox: &Inbox) -> AnyPool {
    AnyPool::connect(&format!("sqlite://{}", inbox.file("inbox.db").display())).await.unwrap()
}

#[tokio::test]
async fn while_the_store_does_not_answer_the_provider_hears_503() {
    let inbox = start(Role::Receive, |config| config.limits.keep_within = Duration::from_millis(200)).await;
    let pool = another(&inbox).await;
    let locked = pool.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(inbox.deliver("msg_1", TAG).await, 503);
    locked.rollback().await.unwrap();
    sleep(Duration::from_millis(300)).await;
    assert_eq!(inbox.deliver("msg_1", TAG).await, 200);
    assert_eq!(inbox.kept().await.len(), 1);
    inbox.stop().await;
}

/// A disk of its own, in memory.
struct Disk(TempDir);

impl Disk {
    /// None where nothing may be mounted.
    fn mount(size: &str) -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        disk.run("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).then_some(disk)
    }

    fn resize(&self, size: &str) {
        assert!(self.run("mount", &["-o", &format!("remount,size={size}")]));
    }

    /// In KiB.
    fn used(&self) -> u64 {
        let output = Command::new("df").args(["-k", "--output=used"]).arg(self.0.path()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).split_whitespace().last().unwrap().parse().unwrap()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> bool {
        let status = Command::new(program).args(arguments).arg(self.0.path()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.run("umount", &["-l"]);
    }
}

#[tokio::test]
async fn when_the_disk_is_full_the_provider_hears_503() {
    let Some(disk) = Disk::mount("512k") else {
        skipped("only root can mount a disk");
        return;
    };
    let database = disk.0.path().join("inbox.db");
    let inbox =
        start(Role::Receive, |config| config.store = Url::Text(format!("sqlite://{}?mode=rwc", database.display())))
            .await;
    let long = TAG.replacen('{', &format!("{{\"pad\":\"{}\",", "p".repeat(20_000)), 1);
    let mut answered = 0;
    while inbox.deliver(&format!("msg_{answered}"), &long).await == 200 {
        answered += 1;
    }
    assert_eq!(inbox.deliver("refused", &long).await, 503);
    assert!((1..100).contains(&answered), "{answered}");
    assert_eq!(inbox.kept().await.len(), answered);
    disk.resize("16m");
    assert_eq!(inbox.deliver("refused", &long).await, 200);
    assert_eq!(inbox.kept().await.len(), answered + 1);
    inbox.stop().await;
}

/// It stops, restarts by itself, and has all that was answered.
#[tokio::test]
async fn when_the_disk_of_postgres_is_full_the_provider_hears_503() {
    let Some(disk) = Disk::mount("200m") else { return skipped("only root can mount a disk") };
    let Some(mut postgres) = Postgres::start(disk.0.path()).await else {
        return skipped("PostgreSQL is not installed");
    };
    let inbox = start(Role::Receive, |config| config.store = Url::Text(postgres.url())).await;
    assert_eq!(inbox.deliver("msg_0", TAG).await, 200);
    let used: u64 = disk.used() + 256;
    disk.resize(&format!("{used}k"));
    let mut answered = 1;
    // It does not compress well.
    let long = |number: usize| {
        let pad: String = std::iter::repeat_with(fastrand::alphanumeric).take(60_000).collect();
        (format!("msg_{number}"), TAG.replacen('{', &format!("{{\"pad\":\"{pad}\","), 1))
    };
    loop {
        let (id, body) = long(answered);
        match inbox.deliver(&id, &body).await {
            200 => answered += 1,
            status => break assert_eq!(status, 503),
        }
        assert!(answered < 1000);
    }
    disk.resize("300m");
    postgres.ready().await;
    while inbox.deliver("msg_last", TAG).await != 200 {}
    let counted: i64 = loop {
        let pool = AnyPool::connect(&postgres.url()).await.unwrap();
        if let Ok(counted) = sqlx::query_scalar("SELECT count(*) FROM deliveries").fetch_one(&pool).await {
            break counted;
        }
    };
    // The one that was refused may be there: it is a repeat when it comes again.
    assert!([answered + 1, answered + 2].contains(&(counted as usize)), "{counted} of {answered}");
    inbox.stop().await;
}

async fn claim(store: &Store) -> Vec<Claimed> {
    store.claim(10, LEASE, RETRY).await.unwrap()
}

#[tokio::test]
async fn a_delivery_is_claimed_again_only_when_its_worker_is_late_and_the_late_worker_is_fenced_off() {
    let inbox = start(Role::Receive, |_| {}).await;
    inbox.deliver("msg_1", TAG).await;
    let first = claim(&inbox.store).await;
    assert_eq!((first.len(), claim(&inbox.store).await.len()), (1, 0));

    // The clock jumps forward by an hour: as if all that is due came an hour earlier.
    let pool = another(&inbox).await;
    sqlx::query("UPDATE deliveries SET due_at = due_at - 3600000").execute(&pool).await.unwrap();
    let second = claim(&inbox.store).await;
    assert_eq!(second.len(), 1);

    let mut effects = inbox.store.begin().await.unwrap();
    sqlx::query("CREATE TABLE effect (x TEXT)").execute(&mut *effects).await.unwrap();
    assert!(!inbox.store.finish(&first[0], Some(effects)).await.unwrap());
    assert!(
        sqlx::query("SELECT * FROM effect").execute(&pool).await.is_err(),
        "the effect of the late worker is undone"
    );
    inbox.store.fail(&first[0], "late", RETRY).await.unwrap();
    assert!(inbox.store.finish(&second[0], None).await.unwrap());
    assert_eq!((inbox.kept().await[0].state.as_str(), inbox.kept().await[0].error.as_str()), ("handled", ""));
    inbox.stop().await;
}

#[tokio::test]
async fn a_clock_that_was_ahead_holds_nothing_back() {
    let inbox = start(Role::Receive, |_| {}).await;
    inbox.deliver("msg_1", TAG).await;
    let claimed = claim(&inbox.store).await;
    inbox.store.fail(&claimed[0], "once", RETRY).await.unwrap();
    assert_eq!(claim(&inbox.store).await.len(), 0, "its retry is due in a minute");
    let pool = another(&inbox).await;
    // The clock was a day ahead when that was written.
    sqlx::query("UPDATE deliveries SET due_at = due_at + 86400000").execute(&pool).await.unwrap();
    assert_eq!(claim(&inbox.store).await.len(), 1);
    inbox.stop().await;
}

#[tokio::test]
async fn what_no_worker_survives_is_dead() {
    let inbox = start(Role::Receive, |_| {}).await;
    inbox.deliver("msg_1", TAG).await;
    let pool = another(&inbox).await;
    for _ in 0..3 {
        assert_eq!(claim(&inbox.store).await.len(), 1);
        // Its worker is killed.
        sqlx::query("UPDATE deliveries SET due_at = 0").execute(&pool).await.unwrap();
    }
    let next = start(Role::All, |config| {
        config.store = Url::Text(format!("sqlite://{}", inbox.file("inbox.db").display()));
        config.worker.attempts = 3;
    });
    let next = next.await;
    let dead = &next.settled().await[0];
    assert_eq!((dead.state.as_str(), dead.error.as_str()), ("dead", "no worker survived its last attempts"));
    next.stop().await;
    inbox.stop().await;
}

#[tokio::test]
async fn what_was_handled_long_ago_is_forgotten_and_a_repeat_of_it_is_handled_again() {
    let inbox = start(Role::All, |_| {}).await;
    inbox.deliver("msg_1", TAG).await;
    inbox.settled().await;
    assert_eq!(inbox.store.purge(Duration::from_secs(3600)).await.unwrap(), 0);
    sleep(Duration::from_millis(20)).await;
    assert_eq!(inbox.store.purge(Duration::ZERO).await.unwrap(), 1);
    assert_eq!(inbox.kept().await.len(), 0);
    inbox.deliver("msg_1", TAG).await;
    assert_eq!(inbox.settled().await[0].state, "handled");
    inbox.stop().await;
}
