//! A signature over the URL and the parameters of a form, by the example that Twilio documents.

use crate::fake::provider;
use webhook_runtime::http::Request;
use webhook_runtime::{Algorithm, Encoding, Expression, Format, Hash, Part, Receiver, Respond, Verify, http};

provider!(Calls, Expression::Body(&["type"]), {
    const VERIFY: Verify = Verify {
        algorithm: Algorithm::Hmac(Hash::Sha1),
        signature: &[Expression::Header("x-twilio-signature")],
        format: Format::WHOLE,
        encoding: Encoding::Base64,
        signed: &[Part::At(Expression::Url), Part::Form],
        ..Verify::NONE
    };
    const RESPOND: Respond = Respond { status: 200, within_ms: None };
});

const URL: &str = "https://mycompany.com/myapp.php?foo=1&bar=2";
const FORM: &str = "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212";

fn is_accepted(url: &str, form: &str) -> bool {
    let receiver = Receiver::<Calls>::new("12345").unwrap();
    let request = Request::post(url).header("x-twilio-signature", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    let request: http::Request<Vec<u8>> = request.body(form.into()).unwrap();
    receiver.verify(&request).is_ok()
}

#[test]
fn the_documented_signature_holds_for_its_url_and_parameters_in_any_order() {
    assert!(is_accepted(URL, FORM));
    let (first, rest) = FORM.split_once('&').unwrap();
    assert!(is_accepted(URL, &format!("{rest}&{first}")), "parameters are sorted");
    for (url, form) in [
        ("https://mycompany.com/myapp.php?foo=1&bar=3", FORM),
        ("http://mycompany.com/myapp.php?foo=1&bar=2", FORM),
        (URL, &FORM.replace("Digits=1234", "Digits=1235")),
        (URL, &FORM.replace("%2B1800", "+1800")),
        (URL, &format!("{FORM}&Extra=")),
        (URL, rest),
    ] {
        assert!(!is_accepted(url, form), "{url} with {form}");
    }
}
