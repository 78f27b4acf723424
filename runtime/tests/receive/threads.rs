//! What a server shares between threads, or sends to another one.

use crate::fake::provider;
use webhook_runtime::{
    Delivery, Expression, ParseError, ReceiveError, Receiver, Respond, SecretError, SignError, Signer, Verify,
    VerifyError,
};

provider!(Fake, Expression::Body(&["type"]), {
    const VERIFY: Verify = Verify::NONE;
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

#[test]
fn everything_is_send_and_sync() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Receiver<Fake>>();
    shared::<Delivery<Fake>>();
    shared::<Signer>();
    shared::<ReceiveError>();
    shared::<ParseError>();
    shared::<VerifyError>();
    shared::<SecretError>();
    shared::<SignError>();
}
