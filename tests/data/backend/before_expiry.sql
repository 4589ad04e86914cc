-- The database as it was before recordings expired and keys had scopes.
BEGIN TRANSACTION;
CREATE TABLE files (
	id VARCHAR NOT NULL,
	upload_id VARCHAR NOT NULL,
	media_id VARCHAR,
	path VARCHAR NOT NULL,
	kind VARCHAR,
	sha256 VARCHAR,
	stored_sha256 VARCHAR,
	length BIGINT,
	"offset" BIGINT NOT NULL,
	tus_metadata VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	expires_at VARCHAR NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(upload_id) REFERENCES uploads (id),
	FOREIGN KEY(media_id) REFERENCES media (id)
);
CREATE TABLE keys (
	digest VARCHAR NOT NULL,
	workspace VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	PRIMARY KEY (digest)
);
INSERT INTO "keys" VALUES('eb642510a5b44b7b3f820f4dc0590b75ec7037d3d4054c550e09c3d1da6ff820','default','2026-11-01T09:00:00.000000Z');
CREATE TABLE media (
	id VARCHAR NOT NULL,
	workspace VARCHAR NOT NULL,
	recording_id VARCHAR NOT NULL,
	resource VARCHAR NOT NULL,
	format VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	sub_code VARCHAR,
	updated_at VARCHAR NOT NULL,
	metadata JSON NOT NULL,
	data JSON NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (recording_id, resource),
	FOREIGN KEY(recording_id) REFERENCES recordings (id)
);
CREATE TABLE recordings (
	id VARCHAR NOT NULL,
	workspace VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	started_at VARCHAR,
	completed_at VARCHAR,
	duration_ns BIGINT NOT NULL,
	status VARCHAR NOT NULL,
	sub_code VARCHAR,
	updated_at VARCHAR NOT NULL,
	metadata JSON NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO "recordings" VALUES('0b4c1e0e-7a53-4f0a-9f0e-2f6a5a0e11aa','default','2026-11-01T09:00:00.000000Z',NULL,NULL,0,'processing',NULL,'2026-11-01T09:00:00.000000Z','{"owner": "7"}');
CREATE TABLE uploads (
	id VARCHAR NOT NULL,
	workspace VARCHAR NOT NULL,
	recording_id VARCHAR NOT NULL,
	created_at VARCHAR NOT NULL,
	status VARCHAR NOT NULL,
	sub_code VARCHAR,
	updated_at VARCHAR NOT NULL,
	metadata JSON NOT NULL,
	recording_config JSON NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (recording_id),
	FOREIGN KEY(recording_id) REFERENCES recordings (id)
);
INSERT INTO "uploads" VALUES('49ee0b04-da21-4777-8495-596c932dad48','default','0b4c1e0e-7a53-4f0a-9f0e-2f6a5a0e11aa','2026-11-01T09:00:00.000000Z','pending',NULL,'2026-11-01T09:00:00.000000Z','{"case": "A"}','{"metadata": {"owner": "7"}}');
CREATE INDEX recordings_by_age ON recordings (workspace, created_at, id);
CREATE INDEX uploads_by_age ON uploads (workspace, created_at, id);
CREATE INDEX media_by_age ON media (workspace, resource, created_at, id);
CREATE INDEX ix_files_media_id ON files (media_id);
CREATE INDEX ix_files_upload_id ON files (upload_id);
COMMIT;
