//! The page in Chromium: `chromium`, or what `CHROMIUM` names. `SCREENSHOTS=folder` keeps what it looked like.

use crate::devtools::Browser;
use crate::inbox::{Inbox, TAG, TOKEN, ignoring, post, skipped};
use inbox_example::{Context, Failure, Role};
use std::env;
use std::path::{Path, PathBuf};
use webhook_events::askelephant;

/// Six deliveries, each as different from its document as can be, one of them dead.
async fn start() -> Inbox {
    let handler = |_: askelephant::Event, context: Context| async move {
        let is_dead = context.delivery_id == "msg_dead";
        if is_dead { Err::<(), Failure>("the CRM answers 503: service unavailable".into()) } else { Ok(()) }
    };
    let handlers = ignoring().on::<askelephant::Event>(handler);
    let inbox = Inbox::start(Role::All, handlers, |config| config.worker.attempts = 1).await;
    let drifting = TAG.replacen("\"object\": {", "\"object\": {\"phone\": \"+49 171 5550100\", \"name\": 7,", 1);
    let drifting = drifting.replacen("\"name\": \"churn-risk\",", "", 1);
    for (id, body) in [
        ("msg_fits", TAG.to_owned()),
        ("msg_additional", TAG.replacen('{', "{\"region\": {\"code\": \"eu\"},", 1)),
        ("msg_violation", drifting),
        ("msg_undocumented", TAG.replace("v1.tag.created", "v1.tag.painted")),
        ("msg_not_json", "{".to_owned()),
        ("msg_dead", TAG.to_owned()),
    ] {
        assert_eq!(inbox.deliver(id, &body).await, 200);
    }
    inbox.send(&post("/hooks/iclosed/path-secret-1234567890", &[], "{\"hookType\":\"New\"}")).await;
    inbox.settled().await;
    inbox
}

/// Nothing is wider than the screen, and whatever can be pressed is named and large enough for a finger.
const FAULTS: &str = r"(() => {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the screen');
    for (const one of document.querySelectorAll('a, button')) {
        const { height } = one.getBoundingClientRect();
        if (!one.textContent.trim()) faults.push('without a name: ' + one.outerHTML);
        if (innerWidth < 500 && one.matches('nav a, button, td a') && height < 40) faults.push('small: ' + one.outerHTML);
    }
    return faults.join('\n');
})()";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_fits_phones_and_screens_and_is_used_by_keyboard() {
    let program = env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("chromium"), PathBuf::from);
    let inbox = start().await;
    let Some(mut browser) = Browser::start(&program, inbox.folder.path(), TOKEN) else {
        return skipped(&format!("there is no {}", program.display()));
    };
    let kept = inbox.kept().await;
    let id_of = |name: &str| kept.iter().find(|kept| kept.delivery_id == name).unwrap().id;
    let site = format!("http://127.0.0.1:{}", inbox.port);
    let pages = [
        ("list", format!("{site}/")),
        ("violation", format!("{site}/deliveries/{}?show=true", id_of("msg_violation"))),
        ("masked", format!("{site}/deliveries/{}", id_of("msg_additional"))),
        ("dead", format!("{site}/deliveries/{}", id_of("msg_dead"))),
    ];
    for (width, scheme) in [(400, "light"), (1280, "light"), (400, "dark"), (1280, "dark")] {
        browser.screen(width, scheme);
        for (name, url) in &pages {
            browser.open(url);
            assert_eq!(browser.evaluate(FAULTS), "", "{name} at {width}");
            if let Some(folder) = env::var_os("SCREENSHOTS") {
                browser.screenshot(&Path::new(&folder).join(format!("{name}-{width}-{scheme}.png")));
            }
        }
    }
    browser.open(&pages[1].1);
    let marked =
        browser.evaluate("[...document.querySelectorAll('.json .why')].map(it => it.parentNode.innerText).join('\\n')");
    assert_eq!(marked, "name: 7expected a string, found an integer\nphone: \"+49 171 5550100\"not declared");
    by_keyboard(&mut browser, &pages[3].1);
    let state = inbox.store.get(id_of("msg_dead")).await.unwrap().unwrap().state;
    assert_eq!(state, "discarded");
    assert_eq!(browser.complaints(), Vec::<String>::new());
    inbox.stop().await;
}

/// Tab leads to the buttons, whose focus can be seen, and Enter presses one.
fn by_keyboard(browser: &mut Browser, dead: &str) {
    browser.open(dead);
    let focused = "document.activeElement.textContent.trim()";
    let outline = "getComputedStyle(document.activeElement).outlineStyle";
    let mut passed = Vec::new();
    while passed.last().map(String::as_str) != Some("Discard") {
        assert!(passed.len() < 10, "{passed:?}");
        browser.press("Tab");
        passed.push(browser.evaluate(focused));
        assert_eq!(browser.evaluate(outline), "solid", "{passed:?}");
    }
    assert_eq!(passed, ["Inbox", "Replay", "Discard"]);
    browser.press_and_load("Enter");
    assert_eq!(browser.evaluate("document.querySelector('.state').textContent"), "discarded");
}
