use super::*;

#[test]
fn no_secret_is_shown() {
    for row in [
        "https://u:p@h.org/x → https://h.org/x",
        "https://u:p%40ss@h.org:81/x?a=1#t=2 → https://h.org:81/x?a=1",
        "https://u:p@ss@h.org/x@y → https://h.org/x@y",
        "http:u:p@h.org/x → http:h.org/x",
        "http:\\\\u:p@h.org\\x → http:\\\\h.org\\x",
        "https://u:p/ss@h.org/x → https://h.org/x",
        "https://u:p?ss@h.org/x → https://h.org/x",
        "https://u:p#ss@h.org/x → https://h.org/x",
        "ftp://u@h.org/x → ftp://h.org/x",
        "https://u:p@:99999/x → https://:99999/x",
        "u:p@h.org/x?sig=1 → h.org/x",
        "//u:p@h.org/x → //h.org/x",
        "https://u%3Ap%40h.org/x → https://h.org/x",
        "https://[::1]:80/x → https://[::1]:80/x",
        "https://ann:Hunter2Sec… → https://ann:…",
        "s3://AKIAIOSFODNN7EXAMPLE:Hunter2@bucket/x → s3://bucket/x",
        "mongodb+srv://u:p@h.org/db → mongodb+srv://h.org/db",
        "jdbc:postgresql://u:p@h.org/db → jdbc:postgresql://h.org/db",
        "sftp://u:p@h.org/x → sftp://h.org/x",
    ] {
        let (given, shown) = row.split_once(" → ").unwrap();
        assert_eq!(redacted(given), shown, "{given}");
    }
}

#[test]
fn parameters_that_give_access_are_left_out() {
    for row in [
        "https://s.org/x?X-Amz-Signature=1&b=%2B&X%2DAmz-Credential=2&Sig=3 → \
         https://s.org/x?b=%2B",
        "https://s.org/x?sig=1 → https://s.org/x",
        "https://s.org/x?private_token=1&jwt=2&a=3 → https://s.org/x?a=3",
        "https://s.org/1?key=0123abcd-0123-abcd-0123-abcd0123abcd → https://s.org/1",
        "https://figshare.org/x?private_link=a1b2 → https://figshare.org/x",
        "https://dropbox.org/x?rlkey=abc&dl=1 → https://dropbox.org/x?dl=1",
        "https://onedrive.org/x?authkey=%21AB&resid=1 → https://onedrive.org/x?resid=1",
        "https://drive.org/x?id=1&resourcekey=0-a → https://drive.org/x?id=1",
        "https://s.org/x?pw=a&bearer=b&a=1 → https://s.org/x?a=1",
        "https://s.org/x;jsessionid=1A2B?a=1 → https://s.org/x?a=1",
        "https://s.org/a;jsessionid=1A2B;v=1/x → https://s.org/a;v=1/x",
        "https://s.org/x?jsessionid=1A → https://s.org/x",
        "https://s.org/x?a=1;token=2;b=3 → https://s.org/x?a=1;b=3",
        "https://s.org/x?a=1&amp;token=2 → https://s.org/x?a=1&amp",
        "https://s.org/x?code=a1b2c3d4e5f6a7b8c9d0 → https://s.org/x",
        "https://s.org/x?sid=tok3nABCDEFG1234567 → https://s.org/x",
        "https://s.org/x?session=Hunter2SecretPw → https://s.org/x",
        "https://s.org/x?session=8&a=1 → https://s.org/x?a=1",
        "https://s.org/x?a=1&sid=12 → https://s.org/x?a=1",
        "https://s.org/x?PHPSESSID=1&ASP.NET_SessionId=2&connect.sid=3 → https://s.org/x",
        "https://s.org/x?auth[token]=1 → https://s.org/x",
        "https://b.org/x?sv=2020&se=2030&sr=b&sp=r&sig=a%2Fb%3D → \
         https://b.org/x?sv=2020&se=2030&sr=b&sp=r",
        "https://g.org/x?GoogleAccessId=a@b.iam&Expires=1&Signature=c → https://g.org/x?Expires=1",
        "https://h.org/x#access_token=abc&a=1 → https://h.org/x",
    ] {
        let (given, shown) = row.split_once(" → ").unwrap();
        assert_eq!(redacted(given), shown, "{given}");
        assert!(has_some(given), "{given}");
        assert!(!has_some(shown), "{shown}");
    }
}

#[test]
fn addresses_within_addresses_are_treated_alike() {
    for row in [
        "https://p.org/get?url=https%3A%2F%2Fu%3Ap%40h.org%2Fx%3Ftoken%3D1%26a%3D2&b=1 → \
         https://p.org/get?url=https%3A%2F%2Fh.org%2Fx%3Fa%3D2&b=1",
        "https://p.org/get?url=https://u:p@h.org/x → https://p.org/get?url=https://h.org/x",
        "https://p.org/web/2020/https://u:p@h.org/x → https://p.org/web/2020/https://h.org/x",
        "https://p.org/https%3A%2F%2Fu%3Ap%40h.org%2Fx → https://p.org/https%3A%2F%2Fh.org%2Fx",
    ] {
        let (given, shown) = row.split_once(" → ").unwrap();
        assert_eq!(redacted(given), shown, "{given}");
    }
}

#[test]
fn an_address_stays_as_it_was_given() {
    for text in [
        "https://www.encodeproject.org/files/ENCFF625ZYB/@@download/ENCFF625ZYB.bed.gz",
        "https://example.org/a%2Bb/c+d?file=x%20y&t=a,b;c",
        "ftp://ftp.ebi.ac.uk/pub/a%23b/C001.bb",
        "https://example.org/a//b/./",
        "https://example.org/get?key=tracks/peaks.bed",
        "https://example.org/get?key=GSM945229&code=GRCh38",
        "https://www.ncbi.nlm.nih.gov/geo/download/?acc=GSM945229&format=file&file=GSM945229%5Fx%2Ebed%2Egz",
        "https://genome.ucsc.edu/cgi-bin/hgTracks?db=hg38&position=chr1%3A1-100",
        "https://s.org/x?",
        "https://s.org/x?download&b",
        "https://s.org/x?sequence=ACGTACGTACGTACGTACGTACGTACGTACGT&md5=d41d8cd98f00b204e9800998ecf8427e",
        "ftp://h.org/x;type=i",
        "https://doi.org/10.1038/s41586-020-2493-4",
        "https://h.org:port/x",
        "http://",
    ] {
        assert_eq!(redacted(text), text);
        assert!(!has_some(text), "{text}");
    }
    assert!(!has_some("http://edamontology.org/EDAM.owl#format_3003"));
}
