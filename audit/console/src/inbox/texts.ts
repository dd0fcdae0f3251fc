import { areaTexts } from '../text/area';
import { inbox as en } from '../text/en.inbox';
import { inbox as zh } from '../text/zh.inbox';

export const useInbox = areaTexts({ zh, en });
