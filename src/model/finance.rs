//! Money across years and currencies (`[finance]` in `pmo.toml`).

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Date, Number, Percent};

/// Money across years and currencies (`[finance]`).
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Finance {
    /// The month with which a fiscal year begins, from 1 to 12.
    pub fiscal_year_start: Month,
    /// What other currencies are worth in the register's own, and when.
    pub rate: Vec<Rate>,
    /// The yearly rate in percent by which later amounts count less, such as 3.5; without it there is no net present value.
    pub discount_rate: Option<Percent>,
    /// Over how many years a project's costs and benefits are looked at, from the year in which costs begin; 10 unless given.
    pub appraisal_years: Option<u32>,
}

/// What a currency is worth in the register's own (`[[finance.rate]]`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The currency, an ISO 4217 code.
    pub currency: String,
    /// The first day on which the rate holds.
    pub from: Date,
    /// The last day; the day before the currency's next rate unless given.
    pub to: Option<Date>,
    /// What one unit of it is worth in the register's currency.
    pub rate: Number,
}

/// A month of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Month(pub u32);

impl Default for Month {
    fn default() -> Self {
        Self(1)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            month @ 1..=12 => Ok(Self(month)),
            other => Err(de::Error::custom(format!("{other} is no month: they are 1 to 12"))),
        }
    }
}

impl JsonSchema for Month {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": 12 })
    }
}

/// Into how many decimals a currency is divided: 2 of the euro, none of the yen; 2 where ISO 4217 does not say.
pub fn minor_units(currency: &str) -> u32 {
    let known = iso_currency::Currency::from_code(currency).and_then(iso_currency::Currency::exponent);
    known.map_or(2, u32::from)
}

impl Finance {
    /// The fiscal year that a day falls into: its first and its last day.
    pub fn year_of(&self, day: Date) -> (Date, Date) {
        let month = self.fiscal_year_start.0;
        let begins = |year: i32| Date::new(year, month, 1).unwrap_or(day);
        let year = if day < begins(day.year()) { day.year() - 1 } else { day.year() };
        (begins(year), begins(year + 1).plus_days(-1))
    }

    /// The number of the fiscal year that a day falls into: the calendar year in which it begins.
    pub fn year_number(&self, day: Date) -> i32 {
        self.year_of(day).0.year()
    }

    /// The first and the last day of a fiscal year by its number; nothing beyond the calendar.
    pub fn year_span(&self, number: i32) -> Option<(Date, Date)> {
        let month = self.fiscal_year_start.0;
        Some((Date::new(number, month, 1)?, Date::new(number.checked_add(1)?, month, 1)?.plus_days(-1)))
    }

    /// What people call a fiscal year: `2026` where it is the calendar year, else `2026/27`.
    pub fn year_name(&self, number: i32) -> String {
        match self.fiscal_year_start.0 {
            1 => number.to_string(),
            _ => format!("{number}/{:02}", number.saturating_add(1).rem_euclid(100)),
        }
    }

    /// The rate of a currency that holds on a day: of those begun by then, the one that began last.
    pub fn rate_on(&self, currency: &str, day: Date) -> Option<&Rate> {
        let begun = self.rate.iter().filter(|rate| rate.currency == currency && rate.from <= day);
        begun.max_by_key(|rate| rate.from).filter(|rate| rate.to.is_none_or(|to| day <= to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_fiscal_year_begins_with_its_month() {
        let finance = |month| Finance { fiscal_year_start: Month(month), ..Finance::default() };
        for (month, on, first, last) in [
            (1, "2026-11-20", "2026-01-01", "2026-12-31"),
            (4, "2026-11-20", "2026-04-01", "2027-03-31"),
            (4, "2026-03-31", "2025-04-01", "2026-03-31"),
            (10, "2026-10-01", "2026-10-01", "2027-09-30"),
        ] {
            let finance = finance(month);
            assert_eq!(finance.year_of(day(on)), (day(first), day(last)), "{month} {on}");
            assert_eq!(finance.year_span(finance.year_number(day(on))), Some((day(first), day(last))));
        }
    }

    #[test]
    fn a_fiscal_year_that_is_no_calendar_year_is_called_by_both() {
        let finance = |month| Finance { fiscal_year_start: Month(month), ..Finance::default() };
        assert_eq!(
            (finance(1).year_name(2026), finance(4).year_name(1999)),
            ("2026".into(), "1999/00".into())
        );
    }

    #[test]
    fn the_rate_that_began_last_holds_until_its_end() {
        let rate = |from: &str, to: Option<&str>, rate: i64| Rate {
            currency: "USD".into(),
            from: day(from),
            to: to.map(day),
            rate: rate.into(),
        };
        let finance = Finance {
            rate: vec![rate("2026-07-01", Some("2026-09-30"), 2), rate("2026-01-01", None, 1)],
            ..Finance::default()
        };
        let on = |on: &str| finance.rate_on("USD", day(on)).map(|rate| rate.rate);
        assert_eq!(on("2025-12-31"), None);
        assert_eq!(on("2026-06-30"), Some(1.into()));
        assert_eq!(on("2026-09-30"), Some(2.into()));
        assert_eq!(on("2026-10-01"), None, "an ended rate is not followed by an earlier one");
        assert_eq!(finance.rate_on("GBP", day("2026-06-30")), None);
    }
}
