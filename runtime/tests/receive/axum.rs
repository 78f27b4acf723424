//! Receiving with axum.

use crate::fake::{Content, provider};
use crate::hmac_sha256::GitHub;
use crate::standard_webhooks::Svix;
use crate::unsigned::IClosed;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRef, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use http_body_util::{BodyExt, Full};
use pollster::block_on;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;
use tower::ServiceExt;
use webhook_runtime::axum::{answer, route};
use webhook_runtime::{Delivery, Expression, ReceiveError, Receiver, Respond, Verify};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const PATH_SECRET: &str = "dGhpcyBpcyBub3Qgb25l";
pub const PING: &[u8] = br#"{"type":"ping","data":1}"#;

pub fn svix() -> Receiver<Svix> {
    Receiver::new(SECRET).unwrap().max_body(1000)
}

fn github() -> Receiver<GitHub> {
    Receiver::new("Jefe").unwrap()
}

pub fn request(path: &str, headers: HeaderMap, body: impl Into<Body>) -> Request {
    let mut request = Request::new(body.into());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = path.parse().unwrap();
    *request.headers_mut() = headers;
    request
}

pub fn signed(body: &[u8]) -> HeaderMap {
    svix().sign("msg_1", SystemTime::now(), body).unwrap().headers
}

pub fn send(app: Router, request: Request) -> (StatusCode, String) {
    block_on(async {
        let response = app.oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    })
}

fn app() -> Router {
    Router::new().route("/", route(svix(), async |delivery: Delivery<Svix>| delivery.id.unwrap()))
}

#[test]
fn a_handler_gets_what_is_verified() {
    assert_eq!(send(app(), request("/", signed(PING), PING)), (StatusCode::OK, "msg_1".to_owned()));
}

#[test]
fn a_handler_gets_nothing_else() {
    for (headers, body, status, text) in [
        (HeaderMap::new(), PING, 401, "the header `svix-id` is missing"),
        (signed(b"{}"), PING, 401, "no signature matches"),
        (signed(&[b' '; 1001]), &[b' '; 1001], 413, "the body is longer than 1000 bytes"),
        (signed(b"\xff"), b"\xff", 400, "the body is not UTF-8 from byte 0 on"),
    ] {
        let answer = send(app(), request("/", headers, body));
        assert_eq!((answer.0.as_u16(), &*answer.1), (status, text));
    }
    let mut get = request("/", signed(PING), PING);
    *get.method_mut() = Method::GET;
    assert_eq!(send(app(), get).0, StatusCode::METHOD_NOT_ALLOWED);
}

provider!(Declared, Expression::Body(&["type"]), {
    const VERIFY: Verify = Verify::NONE;
    const METHODS: &'static [Method] = &[Method::PUT, Method::PATCH];
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

#[test]
fn a_route_takes_the_methods_that_the_provider_declares() {
    let receiver = Receiver::<Declared>::unverified();
    let app = Router::new().route("/", route(receiver, async |_: Delivery<Declared>| ()));
    for (method, status) in [(Method::PUT, 200), (Method::PATCH, 200), (Method::POST, 405), (Method::GET, 405)] {
        let mut request = request("/", HeaderMap::new(), PING);
        *request.method_mut() = method.clone();
        assert_eq!(send(app.clone(), request).0.as_u16(), status, "{method}");
    }
}

#[test]
fn a_body_that_breaks_off_is_no_body() {
    let reset = async { Some(Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))) };
    let broken = Full::new(Bytes::from_static(PING)).map_err(|never| match never {}).with_trailers(reset);
    let broken = Body::new(broken);
    assert_eq!(
        send(app(), request("/", signed(PING), broken)),
        (StatusCode::BAD_REQUEST, "the connection closed before the end of the body".to_owned())
    );
}

#[test]
fn success_becomes_what_the_provider_asks_for() {
    for (handled, answered) in [(200, 202), (204, 202), (400, 400), (500, 500)] {
        let handler = async move |_: Delivery<GitHub>| StatusCode::from_u16(handled).unwrap();
        let app = Router::new().route("/", route(github(), handler));
        let headers = github().sign("", SystemTime::now(), PING).unwrap().headers;
        assert_eq!(send(app, request("/", headers, PING)).0.as_u16(), answered);
    }
}

/// Sees what does not fit; answers the rest.
async fn lenient(delivery: Result<Delivery<Svix>, ReceiveError>) -> Response {
    match delivery {
        Ok(Delivery { invalid: Some(invalid), event, .. }) => {
            assert!(matches!(event.0, Content::Unknown(unknown) if unknown.event_type == invalid.event_type));
            invalid.event_type.into_response()
        }
        Ok(_) => ().into_response(),
        Err(error) => error.into_response(),
    }
}

#[test]
fn a_handler_may_see_what_was_refused() {
    let app = Router::new().route("/", route(svix(), lenient));
    let invalid = br#"{"type":"ping"}"#;
    assert_eq!(send(app.clone(), request("/", signed(invalid), &invalid[..])), (StatusCode::OK, "ping".to_owned()));
    assert_eq!(send(app, request("/", HeaderMap::new(), PING)).0, StatusCode::UNAUTHORIZED);
}

/// A provider would send it again, and in the end nothing.
#[test]
fn what_is_verified_and_does_not_fit_is_answered_as_received() {
    let invalid = br#"{"type":"ping"}"#;
    assert_eq!(send(silent(), request("/", signed(invalid), &invalid[..])).0, StatusCode::OK);
    assert_eq!(send(silent(), request("/", signed(b"{}"), &invalid[..])).0, StatusCode::UNAUTHORIZED);
}

fn silent() -> Router {
    Router::new().route("/", route(svix(), async |_: Delivery<Svix>| ()))
}

#[test]
fn a_secret_may_stand_in_the_path_or_the_query() {
    let receiver = Arc::new(Receiver::<IClosed>::new(PATH_SECRET).unwrap());
    let handler = async |_: Delivery<IClosed>| ();
    let hooks = Router::new().route("/{secret}", route(receiver.clone(), handler)).route("/", route(receiver, handler));
    let app = Router::new().nest("/hooks", hooks);
    let send = |path: &str| send(app.clone(), request(path, HeaderMap::new(), PING)).0;
    assert_eq!(send(&format!("/hooks/{PATH_SECRET}")), StatusCode::OK);
    assert_eq!(send("/hooks/another-one-of-them"), StatusCode::UNAUTHORIZED);
    assert_eq!(send(&format!("/hooks?a=b&s={PATH_SECRET}")), StatusCode::OK);
    assert_eq!(send("/hooks?s=another-one-of-them"), StatusCode::UNAUTHORIZED);
}

/// The state of an application that receives from two providers.
#[derive(Clone)]
struct App {
    svix: Arc<Receiver<Svix>>,
    github: Arc<Receiver<GitHub>>,
    count: Arc<AtomicUsize>,
}

impl FromRef<App> for Arc<Receiver<Svix>> {
    fn from_ref(app: &App) -> Self {
        app.svix.clone()
    }
}

impl FromRef<App> for Arc<Receiver<GitHub>> {
    fn from_ref(app: &App) -> Self {
        app.github.clone()
    }
}

#[test]
fn an_application_may_have_a_state_of_its_own() {
    let state = App { svix: Arc::new(svix()), github: Arc::new(github()), count: Arc::default() };
    let on_svix = async |State(app): State<App>, _: Delivery<Svix>| _ = app.count.fetch_add(1, Ordering::Relaxed);
    let on_github = async |State(app): State<App>, _: Delivery<GitHub>| _ = app.count.fetch_add(1, Ordering::Relaxed);
    let app = Router::new()
        .route("/svix", post(on_svix))
        .route("/github", post(on_github).layer(map_response(answer::<GitHub>)))
        .with_state(state.clone());
    let by_github = github().sign("", SystemTime::now(), PING).unwrap().headers;
    assert_eq!(send(app.clone(), request("/svix", signed(PING), PING)).0.as_u16(), 200);
    assert_eq!(send(app.clone(), request("/github", by_github, PING)).0.as_u16(), 202);
    assert_eq!(send(app, request("/svix", HeaderMap::new(), PING)).0.as_u16(), 401);
    assert_eq!(state.count.load(Ordering::Relaxed), 2);
}
