-- A variant is named by its writer; before, one that was alone had no name.
UPDATE draft_order SET variant = 'template'
  FROM draft WHERE draft.draft_id = draft_order.draft_id AND draft_order.variant = '' AND origin LIKE 'template%'
    AND NOT EXISTS (SELECT FROM draft_order AS named
      WHERE named.variant = 'template' AND named.cell_id = draft_order.cell_id
        AND named.prospect_id = draft_order.prospect_id AND named.touch = draft_order.touch);
UPDATE draft SET variant = 'template'
  FROM draft_order WHERE draft_order.draft_id = draft.draft_id AND draft_order.variant = 'template';

-- The live signals known when the draft was written; null where that was not noted.
ALTER TABLE draft_order ADD COLUMN known_signals integer[];
-- Whether the draft was written anew since: then it is to be decided about again.
ALTER TABLE draft_review ADD COLUMN is_void boolean NOT NULL DEFAULT false;
