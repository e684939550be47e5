-- Whoever gets another password or other rights is signed out everywhere, in the same transaction and whichever way the
-- change comes: a session never outlives the password it was opened with, nor carries over into a new role.

create function end_sessions_of_account() returns trigger language plpgsql as $$
begin
  delete from sessions where user_id = new.id;
  return null;
end $$;

create trigger users_end_sessions after update on users for each row
  when (old.password_hash is distinct from new.password_hash
        or old.is_superuser is distinct from new.is_superuser
        or old.kind is distinct from new.kind)
  execute function end_sessions_of_account();

create function end_sessions_of_member() returns trigger language plpgsql as $$
begin
  delete from sessions where user_id in (old.user_id, new.user_id);
  return null;
end $$;

create trigger organization_members_end_sessions after insert or delete on organization_members for each row
  execute function end_sessions_of_member();
create trigger organization_members_end_sessions_on_change after update on organization_members for each row
  when (old.* is distinct from new.*)
  execute function end_sessions_of_member();
