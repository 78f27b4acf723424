//! The requests, one by one.

use super::listener::Listener;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::State;
use http_body_util::LengthLimitError;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use webhook_runtime::http::request::Parts;
use webhook_runtime::http::{Request, Response};
use webhook_runtime::{Captured, Incoming};

/// A larger body is refused.
const LARGEST: usize = 8 << 20;
/// So long after Ctrl-C, requests are finished and answers of an application awaited.
const LAST: Duration = Duration::from_secs(3);

/// Listens until Ctrl-C.
pub(super) fn serve(address: SocketAddr, listener: Listener) -> Result<ExitCode, String> {
    let failed = |error: std::io::Error| format!("error: {address}: {error}\n");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let listener = Arc::new(listener);
    let state = Arc::clone(&listener);
    runtime.block_on(async move {
        let socket = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
        let url = format!("http://{}", socket.local_addr().map_err(failed)?);
        println!("listening on {url}");
        for endpoint in &state.endpoints {
            println!("    {url}/{} {}", endpoint.provider.name, endpoint.trust());
        }
        let routes = Router::new().fallback(request).with_state(state);
        let serving = axum::serve(socket, routes).with_graceful_shutdown(interrupted());
        tokio::select! {
            ended = serving.into_future() => ended.map_err(failed),
            // A request that never ends does not keep the command from ending.
            () = async { interrupted().await; tokio::time::sleep(LAST).await } => Ok(()),
        }
    })?;
    runtime.shutdown_timeout(LAST);
    println!("\n{}", listener.summary());
    Ok(ExitCode::SUCCESS)
}

async fn interrupted() {
    _ = tokio::signal::ctrl_c().await;
}

async fn request(State(listener): State<Arc<Listener>>, request: Request<Body>) -> Response<Body> {
    let (Parts { method, uri, headers, .. }, body) = request.into_parts();
    let captured = |body| {
        let now = SystemTime::now();
        Captured::new(Incoming { method: &method, uri: &uri, headers: &headers, body, now })
    };
    let response = match read(body).await {
        Ok(bytes) => listener.respond(captured(&bytes)),
        Err((status, why)) => listener.refuse(&captured(&[]), status, &why),
    };
    response.map(Body::from)
}

/// The body, or the status and the reason of a refusal.
async fn read(body: Body) -> Result<Bytes, (u16, String)> {
    let too_large = || (413, format!("the body is larger than {} MiB", LARGEST >> 20));
    // What announces its length need not be sent at all.
    if body.size_hint().lower() > LARGEST as u64 {
        return Err(too_large());
    }
    to_bytes(body, LARGEST).await.map_err(|error| match error.into_inner().downcast::<LengthLimitError>() {
        Ok(_) => too_large(),
        Err(error) => (400, format!("the body breaks off: {error}")),
    })
}
