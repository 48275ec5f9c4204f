# A test suite drives a browser: a program starts the driver, which starts a browser, which downloads, hundreds of times a day.
title="Browser test: selenium drives headless Chromium, a download is checked"
what="dev runs an own test suite at a prompt: unittest starts chromedriver, which starts headless Chromium; the tests open pages of the company's staging site and of an outside one, download a CSV export and a zip archive and read both with Python. Nothing downloaded is executed; a second run does the same."
host=ws3.example.org user=dev daemons="cron sshd" audit_rules=audit-wide.rules expect=informational

setup() {
  mkdir -p "$base/out/www/app" "$base/out/z"
  echo '<html><title>Shop</title><a id="csv" href="/app/export.csv">export</a> <a id="zip" href="/app/bundle.zip">bundle</a></html>' > "$base/out/www/app/index.html"
  printf 'a,b\n1,2\n' > "$base/out/www/app/export.csv"
  printf '#!/bin/sh\necho hello\n' > "$base/out/z/hello.sh"; (cd "$base/out/z" && zip -q "$base/out/www/app/bundle.zip" hello.sh)
  mkdir -p /home/dev/src/shop/tests
  cat > /home/dev/src/shop/tests/test_shop.py <<'P'
import csv, os, tempfile, time, unittest, zipfile
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By


class Shop(unittest.TestCase):
    def setUp(self):
        self.into = tempfile.mkdtemp(prefix='shop-')
        options = webdriver.ChromeOptions()
        for word in ('--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--ignore-certificate-errors', '--disable-background-networking', '--disable-component-update', '--disable-features=InsecureDownloadWarnings,HttpsUpgrades,OptimizationHints'):
            options.add_argument(word)
        options.add_experimental_option('prefs', {'download.default_directory': self.into, 'download.prompt_for_download': False})
        self.browser = webdriver.Chrome(service=Service('/usr/bin/chromedriver'), options=options)

    def tearDown(self):
        self.browser.quit()

    def wait(self, name):
        path = os.path.join(self.into, name)
        for _ in range(100):
            if os.path.exists(path):
                return path
            time.sleep(0.1)
        self.fail(name)

    def test_downloads(self):
        self.browser.get('https://files.example.net/app/index.html')
        self.browser.find_element(By.ID, 'csv').click()
        self.assertEqual([['a', 'b'], ['1', '2']], list(csv.reader(open(self.wait('export.csv')))))
        self.browser.find_element(By.ID, 'zip').click()
        self.assertEqual(['hello.sh'], zipfile.ZipFile(self.wait('bundle.zip')).namelist())


if __name__ == '__main__':
    unittest.main()
P
  chown -R dev: /home/dev/src
}
act() {
  small_talk 2
  ssh_as dev <<'L'
cd src/shop
/usr/bin/python3 -m unittest tests/test_shop.py 2>&1 | tail -1 > last-run
/usr/bin/python3 -m unittest tests/test_shop.py 2>&1 | tail -1 > last-run
cat last-run
L
  grep -q OK /home/dev/src/shop/last-run || note "the tests failed: $(cat /home/dev/src/shop/last-run)"
  small_talk 1
}
truth() {
  exec_step suite 'python3 -m unittest tests/test_shop.py' 'the tests start'
  exec_step driver 'chromedriver' 'and the driver'
  exec_step browser 'chromium .*--headless' 'which starts the browser'
  file_step save 'chromium.* (rename|link) .*CREATE /tmp/shop-[^/]+/bundle.zip$' 'which downloads'
}
