-- +goose Up

-- The second person who stops a new card says why; the one who asked for it reads it. Cards stopped before have no reason,
-- and neither has one that its own registration put another in place of.
ALTER TABLE casefile_card ADD COLUMN reject_reason text CHECK (length(reject_reason) BETWEEN 2 AND 500);
ALTER TABLE casefile_card ADD CONSTRAINT casefile_card_reason
    CHECK (state <> 'rejected' OR confirmed_by IS NULL OR reject_reason IS NOT NULL) NOT VALID;
ALTER TABLE casefile_card ADD CONSTRAINT casefile_card_reason_only CHECK (reject_reason IS NULL OR state = 'rejected');
GRANT UPDATE (reject_reason) ON casefile_card TO bangfu_app;
