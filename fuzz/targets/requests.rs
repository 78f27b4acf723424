//! A body that is signed anew, received as each provider's; and what nobody signed.

#![no_main]

use fastrand::Rng;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::fmt::Debug;
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};
use webhook_events::{ParseError, askelephant, iclosed, superoffice, wix};
use webhook_fuzz::{changed_body, mutate, oracle};
use webhook_runtime::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use webhook_runtime::{DEFAULT_MAX_BODY, Incoming, Receive, ReceiveError, Receiver, Signer, VerifyError, event};

static NOW: LazyLock<SystemTime> = LazyLock::new(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_057_600));

static ASKELEPHANT: LazyLock<Receiver<askelephant::Event>> =
    LazyLock::new(|| Receiver::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret"));
static SUPEROFFICE: LazyLock<Receiver<superoffice::Event>> =
    LazyLock::new(|| Receiver::new("Hunter's secret").expect("a secret"));
static ICLOSED: LazyLock<Receiver<iclosed::Event>> = LazyLock::new(Receiver::unverified);
static ICLOSED_BY_SECRET: LazyLock<Receiver<iclosed::Event>> =
    LazyLock::new(|| Receiver::new("a-long-and-unguessable-word").expect("a secret"));
static WIX: LazyLock<Receiver<wix::Event>> = LazyLock::new(|| {
    let key = include_str!("../../runtime/tests/receive/keys/test-only-public.pem");
    Receiver::new(key).expect("a key").accept_expired()
});
static WIX_SIGNER: LazyLock<Signer> = LazyLock::new(|| {
    let key = include_str!("../../runtime/tests/receive/keys/test-only-private.pem");
    wix::Receiver::signer(key).expect("a key")
});

fuzz_target!(|body: &[u8]| {
    signed(&ASKELEPHANT, body, askelephant::Event::event_type);
    signed(&SUPEROFFICE, body, superoffice::Event::event_type);
    same(receive(&ICLOSED, &HeaderMap::new(), body), oracle::read(None, body, iclosed::Event::event_type));
    token(body);
    unsigned(body);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate(&mut data[..max_size], size, 0, &mut Rng::with_seed(seed.into()), changed_body)
});

fn receive<E: Receive>(receiver: &Receiver<E>, headers: &HeaderMap, body: &[u8]) -> Result<E, ReceiveError> {
    receiver.receive_at((headers, body), *NOW).map(|delivery| delivery.event)
}

fn signed<E>(receiver: &Receiver<E>, body: &[u8], event_type: oracle::EventType<E>)
where
    E: Receive + event::Event + Debug + PartialEq,
{
    let signed = receiver.sign("msg_1", *NOW, body).expect("the key signs");
    same(receive(receiver, &signed.headers, &signed.body), oracle::read(None, body, event_type));
}

/// What is received is what is read.
fn same<E: Debug + PartialEq>(received: Result<E, ReceiveError>, read: Result<E, ParseError>) {
    assert_eq!(received, read.map_err(ReceiveError::from));
}

/// The claims of a token are the body.
fn token(claims: &[u8]) {
    let none = HeaderMap::new();
    let token = WIX_SIGNER.sign("", &Incoming::new(&none, claims)).expect("the key signs").body;
    match receive(&WIX, &HeaderMap::new(), &token) {
        Err(ReceiveError::TooLarge { .. }) => assert!(token.len() > DEFAULT_MAX_BODY),
        // Its times are read first.
        Err(ReceiveError::Unverified(error)) => assert!(!matches!(error, VerifyError::NoMatch), "{error}"),
        received => same(received, oracle::read(None, claims, wix::Event::event_type)),
    }
}

/// The first line is in every header and in the path.
fn unsigned(request: &[u8]) {
    let line = request.iter().position(|byte| *byte == b'\n').unwrap_or(request.len());
    let (line, body) = request.split_at(line);
    let mut headers = HeaderMap::new();
    for name in ["svix-id", "svix-timestamp", "svix-signature", "x-superoffice-signature"] {
        let value = HeaderValue::from_bytes(line).unwrap_or(HeaderValue::from_static("1773057600"));
        headers.insert(HeaderName::from_static(name), value);
    }
    headers.insert("svix-timestamp", HeaderValue::from_static("1773057600"));
    let uri = Uri::try_from(line).unwrap_or_default();
    let incoming = Incoming { uri: &uri, ..Incoming::new(&headers, body).at(*NOW) };
    assert!(ASKELEPHANT.receive(incoming).is_err());
    assert!(SUPEROFFICE.receive(incoming).is_err());
    assert!(ICLOSED_BY_SECRET.receive(incoming).is_err());
    assert!(WIX.receive(Incoming { body: request, ..incoming }).is_err());
}
