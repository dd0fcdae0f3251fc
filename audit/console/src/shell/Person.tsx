import { useIdentity } from '../api/session';
import { useTexts } from '../text';

// Person is who did something: oneself, or the account or key.
export function Person({ id }: { id: string }) {
  const { queue } = useTexts();
  return <>{id === useIdentity().key_id ? queue.me : id.slice(0, 8)}</>;
}
