import { App, Button, Input, Modal } from 'antd';
import { usePeople } from './texts';

interface Props {
  title: string;
  text: string;
  value: string;
  close: () => void;
}

// ShownOnce shows a secret that nobody can be shown again: a one-time link, a key.
export function ShownOnce({ title, text, value, close }: Props) {
  const { link: texts } = usePeople();
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    void message.success(texts.copied);
  };
  return (
    <Modal open title={title} closable={false} keyboard={false} mask={{ closable: false }} footer={<Button type="primary" onClick={close}>{texts.done}</Button>}>
      <p>{text}</p>
      <div className="beside">
        <Input readOnly className="code" value={value} aria-label={title} onFocus={(event) => event.target.select()} />
        {window.isSecureContext && <Button onClick={() => void copy()}>{texts.copy}</Button>}
      </div>
    </Modal>
  );
}
