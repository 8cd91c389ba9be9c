//! Who vouches for a database of Amazon RDS: a root certificate for each region, which no list of public ones has.

/// The roots of `rds-ca-rsa2048-g1`, which the template names, under the names of their regions. They end in 2061.
/// <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html>
const ROOTS: &str = include_str!("rds-roots.pem");

/// The root for a host of RDS; none for another host, or for a region that was opened after the list was made.
pub fn root(host: &str) -> Option<&'static str> {
    let region = host
        .strip_suffix(".rds.amazonaws.com")?
        .rsplit('.')
        .next()?;
    let (_, behind) = ROOTS.split_once(&format!("# {region}\n"))?;
    Some(behind.split_once("\n# ").map_or(behind, |(root, _)| root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_rds_has_the_root_of_its_region() {
        let mut roots = std::collections::BTreeSet::new();
        for region in ROOTS.lines().filter_map(|line| line.strip_prefix("# ")) {
            let found = root(&format!("sentry.cluster-c1.{region}.rds.amazonaws.com")).unwrap();
            assert!(
                found.starts_with("-----BEGIN CERTIFICATE-----\n"),
                "{region}"
            );
            assert!(found.trim_end().ends_with("-----END CERTIFICATE-----"));
            assert_eq!(found.matches("BEGIN").count(), 1, "{region}");
            assert!(roots.insert(found), "{region} has another's");
        }
        assert!(roots.len() > 20);
        assert!(root("db.nowhere-1.rds.amazonaws.com").is_none());
        assert!(root("db.eu-central-1.rds.amazonaws.com.example.org").is_none());
        assert!(root("127.0.0.1").is_none());
    }
}
