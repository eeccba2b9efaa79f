//! Exact numbers, order, and what is refused.

use super::*;

#[derive(serde::Serialize)]
#[serde(rename = "$pmo::number")]
struct Exact(&'static str);

#[test]
fn an_exact_number_keeps_every_digit() {
    assert_eq!(Node::of(&Exact("1234567890123.4500")), Ok(Node::Decimal("1234567890123.4500".into())));
    assert_eq!(Node::of(&Exact("-007")), Ok(Node::Decimal("-7".into())));
}

#[test]
fn a_number_that_is_none_is_refused() {
    for text in ["", "-", "1.", ".5", "1e3", "NaN", "1 000", "0x10", "1;DROP"] {
        let refused = plain_number(text);
        assert_eq!(refused, None, "{text}");
    }
    assert!(Node::of(&f64::NAN).is_err());
}

#[test]
fn maps_keep_their_order_and_missing_stays() {
    #[derive(serde::Serialize)]
    struct Report {
        zeta: Option<u8>,
        alpha: Vec<&'static str>,
    }
    let tree = Node::of(&Report { zeta: None, alpha: vec!["a"] });
    let expected = Node::Map(vec![
        ("zeta".into(), Node::Null),
        ("alpha".into(), Node::List(vec![Node::Text("a".into())])),
    ]);
    assert_eq!(tree, Ok(expected));
}
