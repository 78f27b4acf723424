use super::Integer;
use serde_json::Value;

/// What JSON Schema calls an integer comes back as it was written; the others are none.
#[test]
fn spelled_as_it_came() {
    let integers = "0 -1 1.0 1e3 -0.0 9007199254740993 9223372036854775807 9223372036854775808 18446744073709551615 \
                    -9223372036854775808 18446744073709551616 1e300";
    for text in integers.split(' ') {
        let integer: Integer = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(&integer).unwrap(), value, "{text}");
        assert_eq!(serde_json::to_string(&integer).unwrap(), value.to_string());
    }
    for text in ["1.5", "1e-3", "\"1\"", "null", "true"] {
        let error = serde_json::from_str::<Integer>(text).unwrap_err();
        assert!(error.to_string().contains("expected an integer"), "{text}: {error}");
    }
}

/// A uint256 has 78 digits.
#[test]
fn more_than_64_bits_keep_their_digits() {
    let large = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    for text in [large, "18446744073709551617", "-9223372036854775809"] {
        let body = format!("[{text},1e+300,7]");
        let integers: Vec<Integer> = crate::json::from_str(&body).unwrap();
        assert_eq!(serde_json::to_string(&integers).unwrap(), body);
        assert_eq!((integers[0].to_string(), integers[0].as_i64()), (text.to_owned(), None));
    }
    assert!(crate::json::from_str::<Vec<Integer>>("[18446744073709551617, \"18446744073709551617\"]").is_err());
}

/// An integer is its value, however it is spelled.
#[test]
fn compared_by_value() {
    let of = |text| crate::json::from_str::<Integer>(text).unwrap();
    let ascending = "-1e300 -1000000000000000000000000000000000000000000 -9223372036854775808 -1 0 1.0 2 9007199254740993 9223372036854775808 1e20 100000000000000000001 1e40 10303786570616328000000000000000000000000000000 1e300";
    let ascending: Vec<_> = ascending.split(' ').map(of).collect();
    assert!(ascending.windows(2).all(|pair| pair[0] < pair[1]), "{ascending:?}");
    assert!(of("1.0") == of("1") && of("-0.0") == of("0") && of("9007199254740992.0") != of("9007199254740993"));
    assert!(of("5.0") == 5 && 5_000_000_000 == of("5e9") && of("5") < 6);
    assert_eq!(u64::try_from(of("18446744073709551615")), Ok(u64::MAX));
    assert_eq!((of("7.0").as_i64(), of("1e300").as_i64(), of("-7").as_u64()), (Some(7), None, None));
    assert_eq!(i32::try_from(of("-3")).ok(), Some(-3));
    assert_eq!(format!("{} {:?}", of("12"), of("-3")), "12 -3");
}

/// What does not fit is an error, not another number.
#[test]
fn converted_without_loss() {
    let of = |text: &str| text.parse::<Integer>().unwrap();
    assert_eq!((u8::try_from(of("255")), usize::try_from(of("7.0"))), (Ok(255), Ok(7)));
    assert!(u8::try_from(of("256")).is_err() && usize::try_from(of("-1")).is_err());
    let largest = i128::MAX.to_string();
    assert_eq!(i128::try_from(of(&largest)), Ok(i128::MAX));
    assert!(i128::try_from(of("170141183460469231731687303715884105728")).is_err());
    for integer in [Integer::from(i128::MIN), Integer::from(usize::MAX), Integer::from(-3_i8)] {
        assert_eq!(of(&integer.to_string()), integer);
    }
    assert!(
        Integer::try_from(2.5).is_err() && Integer::try_from(f64::NAN).is_err() && "1.5".parse::<Integer>().is_err()
    );
    assert_eq!(Integer::try_from(-2.0).map(|integer| integer == -2), Ok(true));
}
