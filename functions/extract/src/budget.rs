//! What a person may spend on models in a day of theirs, and what they have spent.

use crate::Extract;
use chrono::NaiveDate;
use sentry_ai::Usage;
use sentry_db::ai_usage::{self, Spent};
use sentry_db::uploads::Claimed;
use sentry_domain::{UserId, Zone};
use sentry_runtime::telemetry::metric;

/// What a picture costs at least, question and answer together.
const PICTURE_TOKENS: u64 = 2_000;

impl Extract {
    /// The user's own day.
    fn day(&self, zone: Zone) -> NaiveDate {
        zone.day_of(self.context.clock.now())
    }

    /// Tokens that the user may still spend today; `budget_spent` or `budget_unknown` where there are none.
    pub(crate) async fn budget(&self, owner: UserId, zone: Zone) -> Result<u64, &'static str> {
        match self.tokens_left(owner, zone).await {
            Ok(0) => Err("budget_spent"),
            Ok(left) => Ok(left),
            Err(error) => {
                tracing::warn!(%error, "the budget could not be read");
                Err("budget_unknown")
            }
        }
    }

    async fn tokens_left(&self, owner: UserId, zone: Zone) -> sentry_db::Result<u64> {
        let mut tx = self.context.db.as_user(owner).await?;
        let spent = ai_usage::tokens(&mut tx, owner, self.day(zone)).await?;
        tx.commit().await?;
        Ok(self
            .ai
            .tokens_per_user_day
            .saturating_sub(u64::try_from(spent).unwrap_or(0)))
    }

    /// Whether the user of an upload has too few tokens left today to have a picture looked at. A budget that cannot
    /// be read counts as there.
    pub(crate) async fn is_spent(&self, claimed: &Claimed) -> bool {
        let zone = claimed.time_zone.parse().unwrap_or_default();
        let left = self.tokens_left(claimed.user_id, zone).await;
        left.is_ok_and(|left| left < PICTURE_TOKENS)
    }

    /// Records what calls have cost: also those of an attempt that came to nothing.
    pub(crate) async fn note_usage(&self, owner: UserId, zone: Zone, usage: Usage) {
        if usage.calls == 0 {
            return;
        }
        let count = |tokens| i64::try_from(tokens).unwrap_or(i64::MAX);
        let spent = Spent {
            calls: i64::from(usage.calls),
            input_tokens: count(usage.input_tokens),
            output_tokens: count(usage.output_tokens),
            audio_seconds: usage.audio_seconds,
            cost_usd: self.ai.prices.cost(&usage),
        };
        metrics::counter!(metric::AI_TOKENS, "direction" => "in").increment(usage.input_tokens);
        metrics::counter!(metric::AI_TOKENS, "direction" => "out").increment(usage.output_tokens);
        metrics::histogram!(metric::AI_COST).record(spent.cost_usd);
        let noted = async {
            let mut tx = self.context.db.as_user(owner).await?;
            ai_usage::add(&mut tx, owner, self.day(zone), &spent).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::error!(user.id = owner.0, %error, "what a model has cost could not be noted");
        }
    }
}
