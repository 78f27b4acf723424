//! Time for a delivery, side by side, with ratios; and how it grows with the body.

use webhook_benches::{Contender, askelephant, measure, signatures, superoffice, wix};

fn main() {
    let documented = askelephant::DOCUMENTED;
    side_by_side("AskElephant", documented, askelephant::contenders(documented));
    let dense = askelephant::dense(0);
    side_by_side("AskElephant, without white space", &dense, askelephant::contenders(&dense));
    side_by_side("Wix", &wix::token(), wix::contenders());
    side_by_side("SuperOffice", superoffice::DOCUMENTED, superoffice::contenders());
    side_by_side("Stripe's header: t=…,v1=…", signatures::BODY, signatures::stripe());
    side_by_side("Plaid's token: ES256 and a digest", signatures::BODY, signatures::plaid());
    growth();
}

/// Whatever is called a floor does a part of the work; `× floors` is against the sum of the cheapest
/// for each part.
fn side_by_side(title: &str, body: &str, contenders: Vec<Contender>) {
    let times = measure::medians(&contenders);
    println!("\n{title}, {} bytes\n", body.len());
    println!("| {:<44} | ns per delivery | × ours | × floors |", "");
    println!("|{:-<46}|----------------:|-------:|---------:|", "");
    let (is_floor, floors) = floors(&contenders, &times);
    for ((contender, time), is_floor) in contenders.iter().zip(&times).zip(is_floor) {
        let over = if is_floor { String::new() } else { format!("{:.2}", time / floors) };
        println!("| {:<44} | {time:>15.0} | {:>6.2} | {over:>8} |", contender.name, time / times[0]);
    }
}

/// Which contenders are floors, and their sum: the last, which parses, and the one before it, which
/// is the cheaper way to verify.
fn floors(contenders: &[Contender], times: &[f64]) -> (Vec<bool>, f64) {
    let is_floor = contenders.iter().map(|contender| contender.name.starts_with("floor")).collect();
    (is_floor, times.iter().rev().take(2).sum())
}

fn growth() {
    println!("\nAskElephant, with more and more e-mail addresses: ns per byte\n");
    println!("| bytes     | webhook-events | svix, Value, from_value | the two floors |");
    println!("|----------:|---------------:|------------------------:|---------------:|");
    for bytes in [1 << 10, 10 << 10, 100 << 10, 1 << 20] {
        let body = askelephant::dense(bytes);
        let per_byte = |time: f64| time / body.len() as f64;
        let times = measure::medians(&askelephant::growing(&body));
        let (ours, svix, floors) = (per_byte(times[0]), per_byte(times[1]), per_byte(times[2] + times[3]));
        println!("| {:>9} | {ours:>14.2} | {svix:>23.2} | {floors:>14.2} |", body.len());
    }
}
