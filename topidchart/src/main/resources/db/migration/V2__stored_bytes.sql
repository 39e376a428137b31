-- The size of the data of a session, so that retention need not read it.
alter table chart_session add column stored_bytes bigint default 0 not null;

update chart_session set stored_bytes =
	(select coalesce(sum(octet_length(data)), 0) from block where session_id = chart_session.id)
	+ (select coalesce(sum(char_length(text)), 0) from snapshot where session_id = chart_session.id);
