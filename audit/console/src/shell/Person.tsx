import { usePerson } from '../api/people';

// Person is who did something: oneself, a colleague by name, or a key.
export function Person({ id }: { id: string }) {
  return <>{usePerson()(id)}</>;
}
