//! Remembers tokens that were checked.

use super::Access;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

type Key = [u8; 32];

/// A bounded map from the SHA-256 of a token to what it says.
///
/// Two generations make it bounded without bookkeeping: when the young one is full it becomes the
/// old one, and what was in the old one and not asked for since is forgotten. Only tokens with a
/// good signature enter, so nobody can flood it from outside.
#[derive(Debug)]
pub(super) struct Cache {
    generation_size: usize,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Key, Access>,
    old: HashMap<Key, Access>,
}

impl Cache {
    /// A cache of at most `capacity` tokens, rounded down to an even number.
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            generation_size: capacity / 2,
            generations: Mutex::default(),
        }
    }

    /// The remembered answer for `token`, or the one of `check`, which is then remembered.
    pub(super) fn get_or_check<E>(
        &self,
        token: &str,
        check: impl FnOnce() -> Result<Access, E>,
    ) -> Result<Access, E> {
        if self.generation_size == 0 {
            return check();
        }
        let key = Sha256::digest(token).into();
        if let Some(access) = self.get(&key) {
            return Ok(access);
        }
        // Outside the lock: checking takes a hundred times longer than looking up.
        let access = check()?;
        self.with(|generations| generations.insert(key, access, self.generation_size));
        Ok(access)
    }

    fn get(&self, key: &Key) -> Option<Access> {
        self.with(|generations| {
            if let Some(access) = generations.young.get(key) {
                return Some(*access);
            }
            let access = generations.old.remove(key)?;
            generations.insert(*key, access, self.generation_size);
            Some(access)
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Generations) -> T) -> T {
        // A panic elsewhere leaves a map of true statements: nothing to fear from poison.
        work(
            &mut self
                .generations
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

impl Generations {
    fn insert(&mut self, key: Key, access: Access, generation_size: usize) {
        if self.young.len() >= generation_size {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, access);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use sentry_domain::{SessionId, UserId};
    use std::convert::Infallible;
    use uuid::Uuid;

    fn access(user: i64) -> Access {
        Access {
            user: UserId(user),
            session: SessionId(Uuid::nil()),
            id: Uuid::nil(),
            issued_at: DateTime::UNIX_EPOCH,
            expires_at: DateTime::UNIX_EPOCH,
        }
    }

    fn held(cache: &Cache) -> usize {
        cache.with(|generations| generations.young.len() + generations.old.len())
    }

    #[test]
    fn it_never_holds_more_than_its_capacity_and_keeps_what_is_in_use() {
        let cache = Cache::new(8);
        for user in 0..100 {
            let in_use = cache.get_or_check("in use", || Ok::<_, Infallible>(access(-1)));
            assert_eq!(in_use.unwrap().user, UserId(-1));
            cache
                .get_or_check(&user.to_string(), || Ok::<_, Infallible>(access(user)))
                .unwrap();
            assert!(held(&cache) <= 8);
        }
        let remembered = cache.get_or_check("in use", || Err("was forgotten"));
        assert_eq!(remembered, Ok(access(-1)));
        assert_eq!(
            cache.get_or_check("0", || Err("was forgotten")),
            Err("was forgotten")
        );
    }

    #[test]
    fn a_refusal_is_not_remembered() {
        let cache = Cache::new(8);
        assert_eq!(cache.get_or_check("token", || Err("bad")), Err("bad"));
        assert_eq!(held(&cache), 0);
        assert_eq!(
            cache.get_or_check("token", || Ok::<_, &str>(access(1))),
            Ok(access(1))
        );
    }

    #[test]
    fn a_cache_of_no_size_remembers_nothing() {
        let cache = Cache::new(0);
        cache
            .get_or_check("token", || Ok::<_, Infallible>(access(1)))
            .unwrap();
        assert_eq!(held(&cache), 0);
    }
}
