// How that provider is received: by a secret that it puts into a header.

use webhook_runtime::{Algorithm, Receive, Respond, Verify};

pub type Receiver = webhook_runtime::Receiver<Event>;

impl Receive for Event {
    const PROVIDER: &'static str = "shop";
    const VERIFY: Verify = Verify {
        algorithm: Algorithm::Shared,
        signature: &[Expression::Header("shop-token")],
        format: webhook_runtime::Format::WHOLE,
        id: &[Expression::Header("shop-delivery")],
        ..Verify::NONE
    };
    const DELIVERY_ID: &'static [webhook_runtime::DeliveryId] =
        &[webhook_runtime::DeliveryId::At(Expression::Header("shop-delivery"))];
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
}
