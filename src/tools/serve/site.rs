//! The routes: interface, files, page, and the headers of every response.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW, CONNECTION, HeaderMap,
    HeaderValue, RETRY_AFTER, SERVER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use axum::routing::{any, get};
use hyper::body::Incoming;
use tower::{Service, ServiceBuilder};
use tower_http::set_header::SetResponseHeaderLayer;

use super::client_address::ClientAddress;
use super::error_response;
use super::files::FileFolder;
use super::host;
use super::log::{Entry, Log};
use super::request_handler::{RequestHandler, ServiceRequest, overloaded};
use super::stored::StoredAnswer;

/// Where the interface is.
const API: &str = "/api/v1";
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
/// Headers that pages of other origins may send and read, beyond the safelisted ones.
const ASKED_HEADERS: HeaderValue = HeaderValue::from_static(
    "accept, range, if-range, if-match, if-none-match, if-modified-since, if-unmodified-since",
);
const EXPOSED_HEADERS: HeaderValue = HeaderValue::from_static(
    "accept-ranges, content-range, etag, x-total-count, x-unusable-values",
);
/// The longest request that TrackFind's web server takes: its line and its headers.
const LONGEST_FAITHFUL_HEAD: usize = 8 << 10;
const SECONDS_TO_COME_BACK: &str = "5";

/// All that is served.
pub struct Site {
    /// Answers of the interface.
    pub work: RequestHandler,
    /// Track files.
    pub files: Option<FileFolder>,
    pub page: StoredAnswer,
    /// The description of the interface, where it is TrackFind's no more.
    pub openapi: Option<StoredAnswer>,
    /// Whether answers are TrackFind's.
    pub faithful: bool,
    pub log: Log,
    /// Proxies of the site, which name the clients that they ask for.
    pub proxies: Vec<IpAddr>,
}

/// The remote address of the connection.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

type Shared = State<Arc<Site>>;

pub fn router(site: &Arc<Site>) -> Router {
    let mut router = Router::new()
        .route("/", get(page).fallback(not_allowed))
        .route(API, any(interface))
        .route("/api/v1/", any(interface))
        .route("/api/v1/{*path}", any(interface));
    if site.openapi.is_some() {
        router = router.route("/api/v1/openapi.json", get(openapi).fallback(not_allowed));
    }
    if !site.faithful {
        router = router.route("/health", get(health).fallback(not_allowed));
    }
    if site.files.is_some() {
        router = router.route("/files/{*name}", get(file).fallback(not_allowed));
    }
    router.fallback(not_found).with_state(Arc::clone(site))
}

/// The service of a connection.
///
/// Its layers stand around the router rather than in it, where each would be made anew on the heap for each request.
pub fn service(
    site: Arc<Site>,
    routes: Router,
    peer: Peer,
) -> impl Service<hyper::Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone
{
    let modern = |value| (!site.faithful).then_some(value);
    let headers = [
        (
            SERVER,
            Some(HeaderValue::from_static(error_response::SERVER)),
        ),
        (
            X_CONTENT_TYPE_OPTIONS,
            Some(HeaderValue::from_static("nosniff")),
        ),
        (
            ACCESS_CONTROL_ALLOW_ORIGIN,
            modern(HeaderValue::from_static("*")),
        ),
        (ACCESS_CONTROL_EXPOSE_HEADERS, modern(EXPOSED_HEADERS)),
    ];
    let [first, second, third, fourth] =
        headers.map(|(name, value)| SetResponseHeaderLayer::overriding(name, value));
    ServiceBuilder::new()
        .layer(first)
        .layer(second)
        .layer(third)
        .layer(fourth)
        .service_fn(move |request| Arc::clone(&site).serve(request, routes.clone(), peer))
}

async fn interface(State(site): Shared, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let peer = head.extensions.get::<Peer>();
    let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    let asked = ServiceRequest {
        client: ClientAddress::asking(peer, &head.headers, &site.proxies),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head.headers,
    };
    if matches!(head.method, Method::GET | Method::HEAD) {
        site.work.answer(&asked).await
    } else {
        site.work.answer_to(head.method.as_str(), &asked)
    }
}

async fn page(State(site): Shared, headers: HeaderMap) -> Response {
    site.own(&site.page, &headers)
}

async fn openapi(State(site): Shared, headers: HeaderMap) -> Response {
    match &site.openapi {
        Some(openapi) => site.own(openapi, &headers),
        None => site.not_found(&headers),
    }
}

/// Answers as long as the server lives, however busy it is.
async fn health(State(site): Shared, headers: HeaderMap) -> Response {
    let body = br#"{"status":"ok"}"#.to_vec();
    site.own(
        &StoredAnswer::whole(200, "application/json", body),
        &headers,
    )
}

async fn file(State(site): Shared, request: Request) -> Response {
    let name = request.uri().path().strip_prefix("/files/");
    let (method, headers) = (request.method(), request.headers());
    let response = match (&site.files, name) {
        (Some(files), Some(name)) => files.response(name, method, headers).await,
        _ => None,
    };
    response.unwrap_or_else(|| site.not_found(headers))
}

async fn not_allowed(State(site): Shared, headers: HeaderMap) -> Response {
    let message = "found a read-only resource, expected the method GET";
    let stored = error_response::answer(405, "method", message, "use GET");
    let mut response = site.own(&stored, &headers);
    response.headers_mut().insert(ALLOW, METHODS);
    response
}

async fn not_found(State(site): Shared, headers: HeaderMap) -> Response {
    site.not_found(&headers)
}

impl Site {
    /// Answers a request by its route, and notes it.
    async fn serve(
        self: Arc<Self>,
        request: hyper::Request<Incoming>,
        mut routes: Router,
        peer: Peer,
    ) -> Result<Response, Infallible> {
        let start = Instant::now();
        // Nothing that is served takes a body.
        let (head, body) = request.into_parts();
        let mut request = Request::from_parts(head, Body::empty());
        request.extensions_mut().insert(peer);
        let method = request.method().clone();
        let noted = self.log.is_kept().then(|| target(&request));
        let refused = self.refused(&request);
        let ends = !body.is_end_stream() || refused.is_some();
        let mut response = match refused {
            Some(refused) => refused,
            None if method == Method::OPTIONS => self.options(),
            None => routes.call(request).await?,
        };
        let headers = response.headers_mut();
        if ends {
            // A body that is not read would be taken for the next request.
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        if response.status() == StatusCode::SERVICE_UNAVAILABLE {
            let seconds = HeaderValue::from_static(SECONDS_TO_COME_BACK);
            response.headers_mut().insert(RETRY_AFTER, seconds);
        }
        if let Some(target) = noted {
            let bytes = response.body().size_hint().exact();
            let bytes = bytes.filter(|_| method != Method::HEAD);
            self.log.note(Entry {
                status: response.status().as_u16(),
                method: method.to_string(),
                target,
                bytes: bytes.unwrap_or_default(),
                took: start.elapsed(),
            });
        }
        Ok(response)
    }

    /// The refusal of a request that is none.
    fn refused(&self, request: &Request) -> Option<Response> {
        let host = host::problem(request.version(), request.headers());
        let stored = if self.faithful {
            (host.is_some() || is_refused_by_tomcat(request))
                .then(error_response::bad_request_page)?
        } else {
            let hint = "send it once, with host and port of the URL";
            error_response::answer(400, "request", host?, hint)
        };
        Some(self.own(&stored, request.headers()))
    }

    /// A response with content of the server itself.
    fn own(&self, stored: &StoredAnswer, headers: &HeaderMap) -> Response {
        stored.response(headers, self.faithful).map(Body::from)
    }

    fn options(&self) -> Response {
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(ALLOW, METHODS);
        if !self.faithful {
            *response.status_mut() = StatusCode::NO_CONTENT;
            let headers = response.headers_mut();
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, ASKED_HEADERS);
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
        }
        response
    }

    fn not_found(&self, headers: &HeaderMap) -> Response {
        let hint = if self.openapi.is_some() {
            "see / for the hubs, and /api/v1/openapi.json for all routes"
        } else {
            "see / for the hubs"
        };
        self.own(
            &error_response::answer(404, "address", "no resource at this URL", hint),
            headers,
        )
    }

    /// The whole answer, as bytes, to what could not be read as a request.
    pub fn refusal(&self, status: u16) -> Vec<u8> {
        let (status, stored) = error_response::unreadable(status, self.faithful);
        self.note_refusal(status, &stored);
        error_response::bytes(status, &stored, &[])
    }

    /// The whole answer, as bytes, to a client that sends a request too slowly; TrackFind's web server gives none.
    pub fn too_slow(&self) -> Option<Vec<u8>> {
        (!self.faithful).then(|| self.refusal(408))
    }

    /// The complete response, as bytes, if no connection is left for a client.
    pub fn turned_away(&self) -> Vec<u8> {
        let stored = overloaded();
        self.note_refusal(503, &stored);
        error_response::bytes(503, &stored, &[("retry-after", SECONDS_TO_COME_BACK)])
    }

    fn note_refusal(&self, status: u16, stored: &StoredAnswer) {
        self.log.note(Entry {
            status,
            method: "-".to_owned(),
            target: "-".to_owned(),
            bytes: stored.body().len() as u64,
            took: Duration::ZERO,
        });
    }
}

/// Path and query as they were sent.
fn target(request: &Request) -> String {
    let path = request.uri().path();
    match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    }
}

/// Whether TrackFind's web server would not even show this request to TrackFind.
fn is_refused_by_tomcat(request: &Request) -> bool {
    let query = request
        .uri()
        .query()
        .map_or(0, |query| "?".len() + query.len());
    let line = request.method().as_str().len() + request.uri().path().len() + query;
    // " HTTP/1.1", ": " and the ends of lines are sent too.
    let headers = request.headers().iter();
    let headers: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    line + " ".len() + " HTTP/1.1\r\n\r\n".len() + headers > LONGEST_FAITHFUL_HEAD
}
