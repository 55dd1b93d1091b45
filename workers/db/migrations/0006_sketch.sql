-- Whether the map is the first sketch, still to be arranged; what was kept before is taken for arranged.
ALTER TABLE clustering ADD COLUMN is_sketch boolean NOT NULL DEFAULT false;
