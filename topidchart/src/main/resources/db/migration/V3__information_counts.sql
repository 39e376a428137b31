-- The output of -info takes space, too.
update chart_session set stored_bytes = stored_bytes + char_length(information);
