import { Button } from 'antd';
import { isRouteErrorResponse, useNavigate, useRouteError } from 'react-router';
import { useTexts } from '../text';
import { Notice } from './Notice';

// BrokenPage stands in for a page that could not be drawn; the others go on.
export function BrokenPage() {
  const { answers } = useTexts();
  const error = useRouteError();
  const navigate = useNavigate();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <Notice title={missing ? answers.notFound : answers.brokenPage} detail={missing ? undefined : <code>{String(error)}</code>}>
      <Button type="primary" onClick={() => void navigate('/')}>
        {answers.toBeginning}
      </Button>
      <Button onClick={() => window.location.reload()}>{answers.reload}</Button>
    </Notice>
  );
}
