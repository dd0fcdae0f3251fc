import { Navigate } from 'react-router';
import { useIdentity } from '../api/session';
import { homeOf } from './menu';

// Home leads everybody to where their day begins.
export function Home() {
  return <Navigate to={homeOf(useIdentity())} replace />;
}
