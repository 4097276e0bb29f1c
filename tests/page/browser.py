"""A browser that opens reports, and notes what it should not do: speak to anybody, complain, or ask."""

import base64
import json
import os
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys  # noqa: F401  # for those who import this

FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
         '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=en']
PATIENCE = 30  # seconds; a slow machine is no failure


class Failures:
    """What went wrong, told at once and counted."""

    def __init__(self):
        self.n = 0

    def check(self, good, what):
        if not good:
            self.n += 1
            print('FAIL', what)
        return good

    def same(self, found, expected, what):
        return self.check(found == expected, f'{what}: found {found!r}, expected {expected!r}')


class Browser:
    """One window, with an empty profile."""

    def __init__(self, scratch, width=1280, height=900):
        options = Options()
        options.binary_location = os.environ['BROWSER']
        for flag in FLAGS + ['--user-data-dir=' + tempfile.mkdtemp(dir=scratch, prefix='profile-')]:
            options.add_argument(flag)
        options.set_capability('goog:loggingPrefs', {'browser': 'ALL', 'performance': 'ALL'})
        self.driver = webdriver.Chrome(options=options, service=Service(os.environ['DRIVER']))
        self.driver.set_script_timeout(PATIENCE * 4)
        self.logged = []
        self.resize(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.driver.quit()

    def cdp(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def resize(self, width, height=900):
        self.cdp('Emulation.setDeviceMetricsOverride', width=width, height=height, deviceScaleFactor=1,
                 mobile=width < 600)

    def colours(self, scheme):
        self.cdp('Emulation.setEmulatedMedia', features=[{'name': 'prefers-color-scheme', 'value': scheme}])

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def until(self, script, *arguments):
        """Waits until the script gives what counts as true, and gives that."""
        end = time.monotonic() + PATIENCE
        while True:
            value = self.js(script, *arguments)
            if value or time.monotonic() > end:
                if not value:
                    raise TimeoutError(f'not so after {PATIENCE} s: {script}')
                return value
            time.sleep(.02)

    def open(self, path, route=''):
        """Opens a report anew; returns when it is drawn."""
        self.driver.get('about:blank')
        self.driver.get('file://' + path + route)
        self.until('return document.documentElement.dataset.ready')

    def go(self, route):
        """Goes to another place in the open report."""
        turn = self.js('const was = document.documentElement.dataset.ready || ""; location.hash = arguments[0];'
                       'return was', route)
        self.until('return document.documentElement.dataset.ready !== arguments[0]', turn)

    def back(self):
        turn = self.js('return document.documentElement.dataset.ready')
        self.driver.back()
        self.until('return document.documentElement.dataset.ready !== arguments[0]', turn)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.js('const node = document.querySelector(arguments[0]); return node && node.textContent', selector)

    def click(self, selector):
        """A click that leads to another place."""
        turn = self.js('return document.documentElement.dataset.ready')
        self.js('document.querySelector(arguments[0]).click()', selector)
        self.until('return document.documentElement.dataset.ready !== arguments[0]', turn)

    def press(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    def complaints(self):
        """What the console says."""
        return [entry['message'] for entry in self.driver.get_log('browser')]

    def requests(self):
        """Addresses asked for since the last call, but for files that were opened and data within the page."""
        asked = []
        for entry in self.driver.get_log('performance'):
            message = json.loads(entry['message'])['message']
            if message['method'] == 'Network.requestWillBeSent':
                asked.append(message['params']['request']['url'])
            elif message['method'] == 'Network.webSocketCreated':
                asked.append(message['params']['url'])
        return [url for url in asked if not url.startswith(('data:', 'about:', 'file://', 'chrome:'))]

    def shot(self, name, whole=True):
        """A picture for people, where one is asked for."""
        folder = os.environ.get('FLONG_PAGE_SHOTS')
        if not folder:
            return
        width, height = self.js('return [innerWidth, Math.min(5000, document.documentElement.scrollHeight)]')
        picture = self.cdp('Page.captureScreenshot', format='png', captureBeyondViewport=True,
                           clip={'x': 0, 'y': 0, 'width': width, 'height': height if whole else 900, 'scale': 1})
        with open(os.path.join(folder, name + '.png'), 'wb') as out:
            out.write(base64.b64decode(picture['data']))
