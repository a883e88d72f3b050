//! Whole numbers at the start of a text.

/// A zero in each of eight bytes of text.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The whole number at the start of a line, and the rest; none if there is none or it is too large.
#[inline(always)]
pub(super) fn position(line: &[u8]) -> Option<(u32, &[u8])> {
    let (mut number, mut length) = line.first_chunk().copied().map_or((0, 0), leading_digits);
    // Fewer digits end within the eight bytes; none were looked at near the end of a text.
    if length % 8 == 0 {
        while let Some(digit) = line.get(length).map(|byte| byte.wrapping_sub(b'0'))
            && digit <= 9
        {
            number = number * 10 + u64::from(digit);
            length += 1;
            if length > 10 {
                return None;
            }
        }
    }
    if length == 0 {
        return None;
    }
    Some((u32::try_from(number).ok()?, &line[length..]))
}

/// The number that the first digits of eight bytes make, and how many there are. All bytes are looked at side by side, as the
/// chain of digits one by one takes longer than all else of a line.
#[inline(always)]
fn leading_digits(bytes: [u8; 8]) -> (u64, usize) {
    let values = u64::from_le_bytes(bytes) ^ ZEROS;
    // Sets the top bit of each byte above 9; what a sum carries over lies behind the first such byte.
    let others = (values.wrapping_add(0x7676_7676_7676_7676) | values) & 0x8080_8080_8080_8080;
    let count = others.trailing_zeros() / 8;
    // Zeros before the number; the bytes behind it fall away. Without a digit there is no number to look at.
    let values = values.wrapping_shl(64 - 8 * count);
    // Two digits in each second byte, then four pairs by their weights.
    let pairs = values.wrapping_mul(10).wrapping_add(values >> 8);
    let (even, odd) = (pairs & 0xff_0000_00ff, (pairs >> 16) & 0xff_0000_00ff);
    let even = even.wrapping_mul(100 + (1_000_000 << 32));
    let odd = odd.wrapping_mul(1 + (10_000 << 32));
    (even.wrapping_add(odd) >> 32, count as usize)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn a_position_ends_at_the_first_byte_that_is_no_digit() {
        let largest = u32::MAX.to_string();
        for number in ["0", "7", "10", "007", "12345678", "123456789", &largest] {
            for rest in ["", "\t", "\t99", ":", "/", "\u{e9}1", " 12345678", "\0"] {
                let text = format!("{number}{rest}");
                let expected = (number.parse().unwrap(), rest.as_bytes());
                assert_eq!(position(text.as_bytes()), Some(expected), "{text}");
            }
        }
        for text in [
            "",
            "\t1",
            "x",
            "-1",
            "4294967296",
            "00000000001",
            "99999999999",
        ] {
            assert_eq!(position(text.as_bytes()), None, "{text}");
        }
    }
}
