import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { save } from '../api/files';
import { Problem } from '../api/problem';
import { useTexts } from '../text';
import { usePortal } from './texts';

interface Props {
  path: string; // with its query
  name: string;
  formats: string[];
}

// Downloads are the forms in which a paper can be had.
export function Downloads({ path, name, formats }: Props) {
  const { download } = usePortal();
  const { answers } = useTexts();
  const { message } = App.useApp();
  const get = (format: string) =>
    save(`${path}&format=${format}`, `${name}.${format}`).catch((error: unknown) => void message.error((error instanceof Problem && error.message) || answers.unreachable));
  return (
    <>
      {formats.map((format) => (
        <Button key={format} icon={<DownloadOutlined />} aria-label={`${download} ${format.toUpperCase()}`} onClick={() => void get(format)}>
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
